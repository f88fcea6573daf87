//# allFunctionsCalledOnLoad
var O,Un,wa,te,Wt,Ye,Bn,Ge,Kn,Kt,Ut,zn,Oe=Symbol.for("pv"),Je={},Xe=[],xa=/^m(i|n|o|s|text|space)$/,zt=Array.isArray,Gt=Xe.slice,fe=Object.assign;function ue(e){e&&e.parentNode&&e.remove()}function Gn(e,t,n){var o,r,s,i={},l=arguments.length;for(s in t)s=="key"?o=t[s]:s=="ref"&&typeof e!="function"?r=t[s]:i[s]=t[s];return l>2&&(i.children=l>3?Gt.call(arguments,2):n),Te(e,i,o,r,null)}function Te(e,t,n,o,r){var s={type:e,props:t,key:n,ref:o,__k:null,__:null,__b:0,__e:null,__c:null,constructor:Oe,__v:r||++Un,__i:-1,__u:0};return!r&&O.vnode&&O.vnode(s),s}function Qe(e){return e.children}function ne(e,t){this.props=e,this.context=t,this.__g=0}function oe(e,t){if(t==null)return e.__&&oe(e.__,e.__i+1);for(var n;t<e.__k.length;t++)if((n=e.__k[t])&&n.__e)return n.__e;return typeof e.type!="function"||e.props.__P?null:oe(e)}function ka(e){var t,n=e.__v,o=n.__e,r=[],s=[],i=e.__P;i&&((t=fe({constructor:Oe},n)).__v=n.__v+1,O.vnode&&O.vnode(t),Vt(i,t,n,e.__n,i.namespaceURI,32&n.__u?[o]:null,r,o||oe(n),32&n.__u,s),t.__v=n.__v,t.__.__k[t.__i]=t,Zn(r,t,s),n.__=n.__e=null,t.__e!=o&&Vn(t))}function Vn(e){if((e=e.__)&&e.__c&&!e.props.__P)return e.__e=null,e.__k.some(function(t){return t&&(e.__e=t.__e)}),Vn(e)}function Bt(e){(8&e.__g||(e.__g|=8,te.push(e),Ye++))&&Wt==O.debounceRendering||((Wt=O.debounceRendering)||queueMicrotask)(Yn)}function Yn(){try{for(var e,t=1;te.length;)te.length>t&&te.sort(Bn),e=te.shift(),t=te.length,8&e.__g&&ka(e)}finally{(Ye=te.length)&&(Wt||queueMicrotask)(Yn)}}function Jn(e,t,n,o,r,s,i,l,c,f,u){var d,p,m,h,y,b,v=o.__k||Xe,g=t.length;for(c=Sa(n,t,v,c,g),d=0;d<g;d++)(m=n.__k[d])!=null&&(p=~m.__i&&v[m.__i]||Je,m.__i=d,b=Vt(e,m,p,r,s,i,l,c,f,u),h=m.__e,(p.ref!=m.ref||8&p.__u)&&(p.ref&&Yt(p.ref,null,m,p),m.ref&&u.push(m.ref,m.__c||h,m)),y=y||h,4&m.__u?(c=Xn(m,c,e,!p.__v),p.__e&&(p.__e=null)):typeof m.type=="function"&&b!==void 0?c=b:h&&(c=h.nextSibling),m.__u&=-21);return n.__e=y,c}function Sa(e,t,n,o,r){var s,i,l,c,f,u,d,p,m,h=n.length,y=h,b=0,v=0,g=e.__k=Array(r);for(s=0;s<r;s++)(i=t[s])!=null&&typeof i!="boolean"&&typeof i!="function"?(typeof i!="object"||i.constructor===String?i=g[s]=Te(null,i):zt(i)?i=g[s]=Te(Qe,{children:i}):i.constructor===Oe&&i.__b?i=g[s]=Te(i.type,i.props,i.key,i.ref,i.__v):g[s]=i,c=s+b,i.__=e,i.__b=e.__b+1,l=null,~(f=i.__i=Ta(i,n,c,y))&&(y--,(l=n[f])&&(l.__u|=2)),l&&l.__v?(i.__u|=16,f==c-1?b--:f==c+1?b++:f!=c&&(f>c?b--:b++,v=1)):(~f||(r>h?b--:r<h&&b++),typeof i.type!="function"&&(i.__u|=4))):g[s]=null;if(v){for(u=[],d=[],s=0;s<r;s++)if((i=g[s])&&16&i.__u){for(b=0,p=u.length;b<p;)u[m=b+p>>1]<i.__i?b=m+1:p=m;u[b]=i.__i,d[s]=b+1}for(b=u.length;s--;)d[s]&&(d[s]==b?b--:g[s].__u|=4)}if(y)for(s=0;s<h;s++)!(l=n[s])||2&l.__u||(l.__e==o&&(o=oe(l)),Jt(l,l));return o}function Xn(e,t,n,o){var r,s,i,l;if(typeof e.type=="function"){if(e.props.__P)return t;if(r=e.__k)for(s=0;s<r.length;s++)r[s]&&(r[s].__=e,t=Xn(r[s],t,n,!1));return t}for(t&&!t.parentNode&&(t=oe(e))&&!t.parentNode&&(t=null),i=e.__e,l=t;l&&l.nodeType==8;)l=l.nextSibling;for(i!=l&&(!o&&n.moveBefore&&i.parentNode?n.moveBefore(i,t):n.insertBefore(i,t||null)),t=i;(t=t&&t.nextSibling)&&t.nodeType==8&&!t.data.startsWith("$s"););return t}function Ta(e,t,n,o){var r,s=e.key,i=e.type,l=t[n],c=l&&!(2&l.__u);if(l===null&&s==null||c&&s==l.key&&i==l.type)return n;if(o>(c?1:0)){for(r=n-1;r>=0;r--)if((l=t[r])&&!(2&l.__u)&&s==l.key&&i==l.type)return r;for(r=n+1;r<t.length;r++)if((l=t[r])&&!(2&l.__u)&&s==l.key&&i==l.type)return r}return-1}function Wn(e,t,n){n==null&&(n=""),t[0]=="-"?e.setProperty(t,n):e[t]=n}function ze(e,t,n,o,r){var s,i;if(t=="style")if(typeof n=="string")e.style.cssText=n;else{if(typeof o=="string"&&(e.style.cssText=o=""),o)for(t in o)n&&t in n||Wn(e.style,t);if(n)for(t in n)o&&n[t]==o[t]||Wn(e.style,t,n[t])}else if(t[0]=="o"&&t[1]=="n")typeof n!="function"&&(n=null),typeof o!="function"&&(o=null),(e.__e||(e.__e={}))[t]=n,n&&o||(i=Ut[t]||(Ut[t]=Oa(t)),(e.__a||(e.__a={}))[t]=Kt,s=t!=(t=t.replace(Kn,"$1")),(t=t.slice(2))[0]<"a"&&(t=t.toLowerCase()),n?e.addEventListener(t,i,s):e.removeEventListener(t,i,s));else{if(r=="http://www.w3.org/2000/svg")t=t.replace(/xlink(H|:h)/,"h").replace(/sName$/,"s");else if(t!="width"&&t!="height"&&t!="href"&&t!="list"&&t!="form"&&t!="tabIndex"&&t!="download"&&t!="rowSpan"&&t!="colSpan"&&t!="role"&&t!="popover"&&t in e)try{return void(e[t]=n??"")}catch{}if(typeof n=="function")return;n==null||n===!1&&t[4]!="-"?e.removeAttribute(t):e.setAttribute(t,t=="popover"&&n==1?"":n)}}function Oa(e){return function(t){var n=this.__e;if(n){if(n=n[e],t[Ge]==null)t[Ge]=Kt++;else if(t[Ge]<this.__a[e])return;return n(O.event?O.event(t):t)}}}function Vt(e,t,n,o,r,s,i,l,c,f){var u,d,p,m,h,y,b,v,g,k,S,I,F,ge,X,Ke,G,ce,Q=t.type;if(t.constructor!==Oe)return null;128&n.__u&&(c=32&n.__u,u=n.__c.__z)&&(t.__u|=c,d=s=[],u.nodeType==8?l=Ve(u,s):s.push(u),l=s[0]||l),(u=O.__b)&&u(t);e:if(typeof Q=="function"){p=i.length;try{if(v=t.props,g=(u=Q.prototype)&&u.render,k=(u=Q.contextType)&&o[u.__c],S=u?k?k.props.value:u.__:o,(m=n.__c)?(t.__c=m,2&m.__g&&(m.__g|=1)):(g?t.__c=m=new Q(v,S):(t.__c=m=new ne(v,S),m.constructor=Q,m.render=Ea),k&&k.sub(m),m.state||(m.state={}),m.__n=o,m.__g|=8,m.__h=[],m.__k=[]),g&&(m.__s||(m.__s=m.state),Q.getDerivedStateFromProps&&(m.__s==m.state&&(m.__s=fe({},m.__s)),fe(m.__s,Q.getDerivedStateFromProps(v,m.__s)))),h=m.props,y=m.state,m.__v=t,n.__c){if(v!==h&&g&&!Q.getDerivedStateFromProps&&m.componentWillReceiveProps&&m.componentWillReceiveProps(v,S),t.__v==n.__v&&!(8&m.__g)||!(4&m.__g)&&m.shouldComponentUpdate&&m.shouldComponentUpdate(v,m.__s,S)===!1){t.__v!=n.__v&&(m.props=v,m.state=m.__s,m.__g&=-9),t.__e=n.__e,t.__k=n.__k,t.__k.some(function(j){j&&(j.__=t)}),Xe.push.apply(m.__h,m.__k),m.__k=[],m.__h.length&&i.push(m),l=oe(n);break e}m.componentWillUpdate&&m.componentWillUpdate(v,m.__s,S),g&&m.componentDidUpdate&&m.__h.push(function(){m.componentDidUpdate(h,y,b)})}else g&&!Q.getDerivedStateFromProps&&m.componentWillMount&&m.componentWillMount(),g&&m.componentDidMount&&m.__h.push(m.componentDidMount);m.context=S,m.props=v,m.__P=e,m.__g&=-5,I=O.__r,F=g?25:0;do m.__g&=-9,I&&I(t),u=m.render(m.props,m.state=m.__s,m.context);while(8&m.__g&&++F<25);g&&(Xe.push.apply(m.__h,m.__k),m.__k=[]),m.state=m.__s,m.getChildContext&&(o=fe({},o,m.getChildContext())),g&&n.__c&&m.getSnapshotBeforeUpdate&&(b=m.getSnapshotBeforeUpdate(h,y)),ge=u&&u.type===Qe&&u.key==null?u.props.children:u,v.__P&&(u=l,r=(e=v.__P).namespaceURI,c=s=null,n.props&&n.props.__P!=e&&(n.__k.some(function(j){j&&Jt(j,j)}),n.__k=null),l=n.__k?oe(n,0):null),l=Jn(e,zt(ge)?ge:[ge],t,n,o,r,s,i,l,c,f),v.__P&&(t.__e=null,l=u),t.__u&=-161,d&&d.some(ue),m.__h.length&&i.push(m),1&m.__g&&(m.__g&=-4)}catch(j){if(i.length=p,t.__v=null,c||s)if(j&&j.then){if(t.__u|=128|c,s){for(~(G=s.indexOf(l||void 0))||(G=s.length);(ce=s[G-1])&&ce.nodeType==8;)G--;for(;G<s.length;G++)if(ce=s[G])if(s[G]=null,X){if(ce==Ke)break}else{if(ce.nodeType!=8)break;ce.data.startsWith("$s")&&(Ke=Ve(X=ce))}}if(!X){for(;l&&l.nodeType==8&&l.nextSibling;)l=l.nextSibling;X=l}(u=Ve(X=t.__c.__z||(t.__c.__z=X)))?(t.__e=X,l=u):t.__e=l,l=l&&l.nextSibling}else s&&s.some(ue);else t.__e=n.__e;t.__k||(t.__k=n.__k||[]),j&&j.then||Qn(t),O.__e(j,t,n)}}else l=t.__e=Ca(n.__e,t,n,o,r,s,i,c,f,e);return(u=O.diffed)&&u(t),l}function Ve(e,t){if(e&&e.nodeType==8&&e.data.startsWith("$s"))for(var n=1;e=e.nextSibling;){if(e.nodeType==8){if(e.data.startsWith("$s"))n++;else if(e.data.startsWith("/$s")&&!--n)return e}t&&t.push(e)}}function Qn(e){e&&(e.__c&&(e.__c.__g|=4),e.__k&&e.__k.some(Qn))}function Zn(e,t,n){for(var o=0;o<n.length;)Yt(n[o++],n[o++],n[o++]);O.__c&&O.__c(t,e),e.some(function(r){try{e=r.__h,r.__h=[],e.some(function(s){s.call(r)})}catch(s){O.__e(s,r.__v)}})}function Ca(e,t,n,o,r,s,i,l,c,f){var u,d,p,m,h,y,b,v,g=n.props||Je,k=t.props,S=t.type;if(S=="svg"?r="http://www.w3.org/2000/svg":S=="math"?r="http://www.w3.org/1998/Math/MathML":r||(r="http://www.w3.org/1999/xhtml"),s){for(u=0;u<s.length;u++)if((h=s[u])&&(S?h.localName==S:h.nodeType==3)){e=h,s[u]=null;break}}if(!e){if(v=f.ownerDocument||document,!S)return v.createTextNode(k);e=v.createElementNS(r,S,k.is?k:f),l&&(O.__m&&O.__m(t,s),l=!1),s=null}if(S){if(f=S=="template"&&e.content||e,s=S=="textarea"&&k.defaultValue!=null?null:s&&Gt.call(f.childNodes),!l&&s)for(g={},u=0;u<e.attributes.length;u++)g[(h=e.attributes[u]).name]=h.value;for(u in g)h=g[u],u=="dangerouslySetInnerHTML"?p=h:u=="children"||u in k||u=="value"&&"defaultValue"in k||u=="checked"&&"defaultChecked"in k||ze(e,u,null,h,r);for(u in k)h=k[u],u=="children"?m=h:u=="dangerouslySetInnerHTML"?d=h:u=="value"?y=h:u=="checked"?b=h:l&&typeof h!="function"||g[u]===h||ze(e,u,h,g[u],r);d?(l||p&&(d.__html==p.__html||d.__html==e.innerHTML)||(e.innerHTML=d.__html),t.__k=[]):(p&&(e.textContent=""),(S=="foreignObject"||r=="http://www.w3.org/1998/Math/MathML"&&xa.test(S))&&(r="http://www.w3.org/1999/xhtml"),Jn(f,zt(m)?m:[m],t,n,o,r,s,i,s?s[0]:n.__k&&oe(n,0),l,c),s&&s.some(ue)),l&&S!="textarea"||(u="value",S=="progress"&&y==null?e.removeAttribute(u):y==null||y===e[u]&&(S!="progress"||y)||ze(e,u,y,g[u],r),u="checked",b!=null&&b!=e[u]&&ze(e,u,b,g[u],r))}else g===k||l&&e.data==k||(e.data=k);return e}function Yt(e,t,n,o){try{typeof e=="function"?t?t.__x=e(t)||1:o&&(o=o.__c||o.__e)&&(t=o.__x)&&(o.__x=null,typeof t=="function"?t():e(null)):e.current=t}catch(r){O.__e(r,n)}}function Jt(e,t,n){var o,r,s,i;if(O.unmount&&O.unmount(e),!(o=e.ref)||o.current&&o.current!=e.__e||Yt(o,null,t,e),o=e.__c){if(o.componentWillUnmount)try{o.componentWillUnmount()}catch(l){O.__e(l,t)}o.__P=o.__n=null}if(o=e.__k)for(i=0;i<o.length;i++)o[i]&&Jt(o[i],t,typeof e.type!="function"||n&&!e.props.__P);!n&&(o=e.__c)&&(o=o.__z)&&(r=Ve(o,s=[]))&&(o==e.__e&&s.some(ue),ue(r),ue(o)),n||ue(e.__e),e.__e=e.__c=e.__=null}function Ea(e,t,n){return this.constructor(e,n)}function eo(e,t){var n,o,r,s;O.__&&O.__(e,t),t.nodeType==9&&(t=t.documentElement),o=(n=e&&32&e.__u)?null:t.__k,t.__k=Te(Qe,{children:[e]}),r=[],s=[],Vt(t,t.__k,o||Je,Je,t.namespaceURI,o?null:t.firstChild?Gt.call(t.childNodes):null,r,o?o.__e:t.firstChild,n,s),Zn(r,t.__k,s),t.__k.props.children=null}function H(e){function t(n){var o,r;return this.getChildContext||(o=new Set,(r={})[t.__c]=this,this.getChildContext=function(){return r},this.shouldComponentUpdate=function(s){this.props.value!=s.value&&o.forEach(function(i){i.__g|=4,Bt(i)})},this.sub=function(s){o.add(s);var i=s.componentWillUnmount;s.componentWillUnmount=function(){o.delete(s),i&&i.call(s)}}),n.children}return t.__c="__cC"+zn++,t.__=e,t.Provider=(t.Consumer=function(n,o){return n.children(o)}).contextType=t,t}O={__e:function(e,t,n,o){for(var r,s,i;t=t.__;)if((r=t.__c)&&!(1&r.__g)){r.__g|=4;try{if((i=(s=r.constructor)&&s.getDerivedStateFromError)&&r.setState(s.getDerivedStateFromError(e)),r.componentDidCatch&&(r.componentDidCatch(e,o||{}),i=1),i&&8&r.__g)return void(r.__g|=2)}catch(l){e=l}}throw Ye=0,e}},Un=0,wa=function(e){return e!=null&&e.constructor===Oe},ne.prototype.setState=function(e,t){var n=this.__s;n&&n!=this.state||(n=this.__s=fe({},this.state)),typeof e=="function"&&(e=e(fe({},n),this.props)),e&&(fe(n,e),this.__v&&(t&&this.__k.push(t),Bt(this)))},ne.prototype.forceUpdate=function(e){this.__v&&(this.__g|=4,e&&this.__h.push(e),Bt(this))},ne.prototype.render=Qe,te=[],Ye=0,Bn=function(e,t){return e.__v.__b-t.__v.__b},Ge=Symbol(),Kn=/(PointerCapture)$|Capture$/i,Kt=0,Ut={},zn=0;var de,C,Xt,to,Qt=Object.is,Ee=0,uo=[],Zt=[],E=O,no=E.__b,oo=E.__r,ro=E.diffed,so=E.__c,io=E.unmount,ao=E.__;function Me(e,t){E.__h&&E.__h(C,e,Ee||t),Ee=0;var n=C.__H||(C.__H={__:[],__h:[]});return e>=n.__.length&&n.__.push({}),n.__[e]}function _(e){return Ee=1,Ie(mo,e)}function Ie(e,t,n){var o=Me(de++,2);if(o.t=e,!o.__c&&(o.__=[n?n(t):mo(void 0,t),function(s){var i=(o.__N||o.__)[0],l=o.t(i,s);Qt(i,l)||(o.__N=[l,o.__[1]],o.__c.setState({}))}],o.__c=C,!C.__f)){C.__f=!0;var r=C.shouldComponentUpdate;C.shouldComponentUpdate=function(s,i,l){var c=this.__H;if(!c)return!0;var f=!1,u=this.props!=s;if(c.__.some(function(p){p.__N&&(f=!0,Qt(p.__[0],p.__N[0])||(u=!0))}),r){var d=r.call(this,s,i,l);return f?d||u:d}return!f||u}}return o.__}function w(e,t){var n=Me(de++,3);!E.__s&&tn(n.__H,t)&&(n.__P=!0,n.__=e,n.u=t,C.__H.__h.push(n))}function V(e,t){var n=Me(de++,4);!E.__s&&tn(n.__H,t)&&(n.__P=!1,n.__=e,n.u=t,C.__h.push(n))}function x(e){return Ee=5,N(function(){return{current:e}},[])}function N(e,t){var n=Me(de++,7);return tn(n.__H,t)&&(n.__=e(),n.__H=t),n.__}function fo(e,t){return Ee=8,N(function(){return e},t)}function P(e){var t=C.context[e.__c],n=Me(de++,9);return n.c=e,t?(n.__==null&&(n.__=!0,t.sub(C)),t.props.value):e.__}function Ma(){var e;do{for(;e=Zt.shift();)try{Ce(e)}catch(n){E.__e(n,{__:(e=e.__P)&&e.__v})}for(;e=uo.shift();){var t=e.__H;if(e.__P&&t)try{t.__h.some(Ce),t.__h.some(en),t.__h=[]}catch(n){t.__h=[],E.__e(n,e.__v)}}}while(Zt.length)}E.__b=function(e){C=null,no&&no(e)},E.__=function(e,t){e&&t.__k&&t.__k.__m&&(e.__m=t.__k.__m),ao&&ao(e,t)},E.__r=function(e){oo&&oo(e),de=0;var t=(C=e.__c).__H;t&&(Xt==C?C.__h=[]:(t.__h.some(Ce),t.__h.some(en),de=0),t.__h=[],t.__.some(function(n){n.__N&&(n.__=n.__N),n.u=n.__N=void 0})),Xt=C},E.diffed=function(e){ro&&ro(e);var t=e.__c;t&&t.__H&&(t.__H.__h.length&&co(uo.push(t)),t.__H.__.some(function(n){n.u&&(n.__H=n.u)})),Xt=C=null},E.__c=function(e,t){t.some(function(n){try{n.__h.some(Ce),n.__h=n.__h.filter(function(o){return!o.__||en(o)})}catch(o){n.__h=[function(){throw o}]}}),so&&so(e,t)},E.unmount=function(e){io&&io(e);var t,n,o=e.__c;o&&o.__H&&(o.__H.__.some(function(r){try{if(r.__P&&r.__c){if(n===void 0){for(n=e.__;n&&(!n.__c||!n.__c.__P);)n=n.__;n=n&&n.__c}r.__P=n,co(Zt.push(r))}else Ce(r)}catch(s){t=s}}),o.__H=void 0,t&&E.__e(t,o.__v))};var lo=typeof requestAnimationFrame=="function";function Ia(e){var t,n=function(){clearTimeout(o),lo&&cancelAnimationFrame(t),setTimeout(e)},o=setTimeout(n,35);lo&&(t=requestAnimationFrame(n))}function co(e){e!=1&&to==E.requestAnimationFrame||((to=E.requestAnimationFrame)||Ia)(Ma)}function Ce(e){var t=C,n=e.__c;typeof n=="function"&&(e.__c=void 0,n()),C=t}function en(e){var t=C;e.__c=e.__(),C=t}function tn(e,t){return!e||e.length!=t.length||t.some(function(n,o){return!Qt(n,e[o])})}function mo(e,t){return typeof t=="function"?t(e):t}var Ze={reducers:{},lines:{},icons:{},sentences:{},counts:{},outgoing:{},drafts:{}};function po(e){let t=n=>Object.assign(Object.create(null),...e.map(n));return{list:e,initial:t(({state:n})=>n?.initial),restore:n=>t(({state:o})=>o?.restore(n)),reducers:t(({reducers:n})=>n),lines:t(({lines:n})=>n),icons:t(({icons:n})=>n),sentences:t(({sentences:n})=>n),counts:t(({counts:n})=>n),outgoing:t(({outgoing:n})=>n),listed:t(({listed:n})=>n),told:t(({told:n})=>n),surprises:new Set(e.flatMap(({surprises:n=[]})=>n)),sends:n=>t(({sends:o})=>o?.(n))}}function Z({list:e},t,n){return e.find(o=>Object.hasOwn(o[t]??{},n))}var $o=function(e,t,n,o){var r;t[0]=0;for(var s=1;s<t.length;s++){var i=t[s++],l=t[s]?(t[0]|=i?1:2,n[t[s++]]):t[++s];i===3?o[0]=l:i===4?o[1]=Object.assign(o[1]||{},l):i===5?(o[1]=o[1]||{})[t[++s]]=l:i===6?o[1][t[++s]]+=l+"":i?(r=e.apply(l,$o(e,l,n,["",null])),o.push(r),l[0]?t[0]|=2:(t[s-2]=0,t[s]=r)):o.push(l)}return o},ho=new Map;function _o(e){var t=ho.get(this);return t||(t=new Map,ho.set(this,t)),(t=$o(this,t.get(e)||(t.set(e,t=(function(n){for(var o,r,s=1,i="",l="",c=[0],f=function(p){s===1&&(p||(i=i.replace(/^\s*\n\s*|\s*\n\s*$/g,"")))?c.push(0,p,i):s===3&&(p||i)?(c.push(3,p,i),s=2):s===2&&i==="..."&&p?c.push(4,p,0):s===2&&i&&!p?c.push(5,0,!0,i):s>=5&&((i||!p&&s===5)&&(c.push(s,0,i,r),s=6),p&&(c.push(s,p,0,r),s=6)),i=""},u=0;u<n.length;u++){u&&(s===1&&f(),f(u));for(var d=0;d<n[u].length;d++)o=n[u][d],s===1?o==="<"?(f(),c=[c],s=3):i+=o:s===4?i==="--"&&o===">"?(s=1,i=""):i=o+i[0]:l?o===l?l="":i+=o:o==='"'||o==="'"?l=o:o===">"?(f(),s=1):s&&(o==="="?(s=5,r=i,i=""):o==="/"&&(s<5||n[u][d+1]===">")?(f(),s===3&&(c=c[0]),s=c,(c=c[0]).push(2,0,s),s=0):o===" "||o==="	"||o===`
`||o==="\r"?(f(),s=2):i+=o),s===3&&i==="!--"&&(s=4,c=c[0])}return f(),c})(e)),t),arguments,[])).length>1?t:t[0]}var a=_o.bind(Gn);var Aa=globalThis.document?.querySelector("[data-icons]")??null,bo=Aa?.dataset.icons??"";function $({name:e,size:t}){let n=t?`icon icon--${t}`:"icon";return a`<svg class=${n} aria-hidden="true"><use href=${`${bo}#i-${e}`} /></svg>`}function ye({sides:e}){let t=[4,6,8,10,12,20].includes(e)?e:10;return a`<svg aria-hidden="true"><use href=${`${bo}#f-d${t}`} /></svg>`}function A({display_name:e,username:t}){return e||t}function T(e){return e.character_name??A(e)}var Na=["chevron","bend","chief","saltire","quarterly","paly","pale","fess"];function ve(e){let{user_id:t,character_id:n,colour:o,is_dm:r}=e,s=n??t;return{colour:r&&n===null?void 0:o??s%8+1,device:yo(s),initial:vo(T(e))}}function go(e){let t=0;for(let n of e)t+=n.codePointAt(0)??0;return{colour:void 0,device:yo(t),initial:vo(e)}}function yo(e){return Na[(e*5+Math.floor(e/8))%8]??"pale"}function vo(e){return[...e.trim().replace(/^the\s+(?=\S)/i,"")][0]?.toLocaleUpperCase()??"?"}function re({player:e,size:t}){let{colour:n,device:o,initial:r}=ve(e),s=t?`sigil sigil--${t}`:"sigil";return a`<span class=${s} data-player=${n} data-device=${o} aria-hidden="true">${r}</span>`}function wo({name:e,player:t,away:n}){if(t!==void 0)return n?a`<${me} player=${t} away />`:a`<${re} player=${t} />`;let{device:o,initial:r}=go(e);return a`<span class="sigil sigil--foe" data-device=${o} aria-hidden="true">${r}</span>`}function nn(e,t){return t.find(n=>T(n)===e)}function me({player:e,size:t,away:n=!1,reconnecting:o=!1}){let r=o?"reconnecting":"here",s=n?"Away: ":o&&"Reconnecting: ";return a`
    <span class="seat">
      <${re} player=${e} size=${t} />
      <span class="presence" data-state=${n?"offline":r}></span>
      ${s&&a`<span class="visually-hidden">${s}</span>`}
    </span>`}function xo({seat:{state:e,cast:t,userId:n,place:o}}){let{players:r}=e,s=r.filter(({character_id:c})=>c!==null),i=t.filter(({character_id:c})=>!s.some(f=>f.character_id===c)),l=[...s,...i].map(c=>{let[f,u]=[c.user_id===n,Ra(c,r)];return a`<${Pa} key=${c.character_id} figure=${c} mine=${f} state=${u} />`});return a`
    <div class="panel__scroll" tabindex="0">
      ${l.length===0?a`<${Da} />`:a`<ul class="list list--tight cast-list">${l}</ul>`}
      <a class="btn" href=${o.campaignUrl}><${$} name="pencil" />Characters of the campaign</a>
    </div>`}function Da(){return a`
    <div class="empty">
      <${$} name="person" />
      <h3>No characters yet</h3>
      <p>Create one on the campaign’s page, then join the table again to play it.</p>
    </div>`}function Ra({user_id:e,character_id:t},n){let o=n.find(r=>r.user_id===e);return o===void 0?"away":o.character_id===t?"played":"waiting"}function Pa({figure:e,mine:t,state:n}){let o=t?"you":A(e),r={played:`Played by ${o}`,waiting:`Belongs to ${o}`,away:`Belongs to ${o}, away`};return a`
    <li>
      <${me} player=${e} size="lg" away=${n!=="played"} />
      <div class="list__main"><b class="list__title">${T(e)}</b><p>${r[n]}</p></div>
    </li>`}var ko={...Ze,name:"characters",panel:{label:"Characters",short:"Characters",icon:"person",place:4,view:xo}};var La=/\[\[((?:(?!\[\[)[^\n]){1,500}?)\]\](?!\])/gu;function So(e){return e.split(/(\[\[(?:(?!\[\[)[^\n]){1,500}?\]\](?!\]))/u).map((t,n)=>({text:t,bracketed:n%2===1})).filter(t=>t.text!=="")}function se({message:e,rolls:t=[]}){let n=[],o=0,r=0;for(let s of e.matchAll(La)){let i=t[r];i===void 0||i.formula!==s[1]||(n.push(e.slice(o,s.index),i),o=s.index+s[0].length,r+=1)}return[...n,e.slice(o)].filter(s=>s!=="")}var et={crit:{outcome:"crit",icon:"star"},fumble:{outcome:"fumble",icon:"crack"}};function ee({terms:e}){let t=e.filter(({sides:i})=>i===20).flatMap(({dice:i})=>i),[n,...o]=t.filter(i=>i.kept);if(n!==void 0&&o.length===0){if(n.value===20)return{...et.crit,words:"Natural 20",die:{sides:20,value:20}};if(n.value===1)return{...et.fumble,words:"Natural 1",die:{sides:20,value:1}}}let[r,s]=[To(e,"critical"),To(e,"fumble")];if(r===void 0!=(s===void 0))return r!==void 0?{...et.crit,words:"Critical",die:r}:s&&{...et.fumble,words:"Fumble",die:s}}function To(e,t){for(let{dice:n,sides:o,notation:r}of e){let s=/c[sf]/i.test(r)?n.find(i=>i[t]):void 0;if(s!==void 0)return{sides:o,value:s.value}}}function pe(e,t){let n=t.user_id===e.user_id?"a hidden roll":`a hidden roll of ${T(t)}’s`;return`${T(e)} reveals ${n}`}function Oo({player:e,roll:t}){return"result"in t?`${T(e)} rolled ${t.formula}: ${t.result}${tt(t)}`:`${T(e)} rolled ${t.formula} blind`}function Co({player:e,roller:t,roll:n}){return`${pe(e,t)}: ${n.formula}, ${n.result}${tt(n)}`}function tt(e){let t=ee(e);return`${t===void 0?"":`, ${t.words.toLowerCase()}`}${e.source==="reported"?", rolled by hand":""}`}function Y(e){try{return localStorage.getItem(`rollscape.${e}`)}catch{return null}}function J(e,t){try{t===""?localStorage.removeItem(`rollscape.${e}`):localStorage.setItem(`rollscape.${e}`,t)}catch{}}var Fa='input:not([type="radio"], [type="checkbox"], [type="button"]), textarea, select, [contenteditable]';function he({isComposing:e,keyCode:t}){return e||t===229}function qa({key:e,code:t,altKey:n,shiftKey:o,ctrlKey:r,metaKey:s}){return r||s?"":n?/^Digit\d$/.test(t)?`Alt+${t.slice(5)}`:"":/^[a-z]$/i.test(e)?o?`Shift+${e.toUpperCase()}`:e.toLowerCase():o&&e.length>1?`Shift+${e}`:e}function ja(e,t,n){return!(e.length===1||/^Shift\+.$/.test(e))||!t&&n}function Eo(e,t){let n=x(e);n.current=e,w(()=>{let o=r=>{let s=r.target,i=qa(r),l=Object.hasOwn(n.current,i)?n.current[i]:void 0;l===void 0||r.defaultPrevented||he(r)||!ja(i,s?.closest?.(Fa)!=null,t)||s?.closest?.("dialog")||(r.preventDefault(),r.repeat||l())};return document.addEventListener("keydown",o),()=>document.removeEventListener("keydown",o)},[t])}function Mo(){let[e,t]=_(Y("letters")!=="off");return{act:e,set:o=>{t(o),J("letters",o?"":"off")}}}var Ha=[["[data-region=stage]","[data-key=narration], .scene"],["[data-region=panel]","[role=tab][aria-selected=true], .log"],["[data-region=composer]","[data-key=message]"],["[data-region=players]",""]];function Io(){let e=Ha.flatMap(([r,s])=>{let i=document.querySelector(r);return i?.getClientRects().length?[{element:i,target:s}]:[]}),t=e.findLastIndex(({element:r})=>r.contains(document.activeElement)),n=e[(t+1)%e.length];((n?.target?n.element.querySelector(n.target):null)??n?.element)?.focus()}function nt({target:e}){e.matches(":focus-visible")&&(K("[role=tab][aria-selected=true]"),K("[data-key=message]"))}function K(e){for(let t of document.querySelectorAll(e))if(t.getClientRects().length!==0)return t.focus()}var we={attack:["attacks",["target",""],["weapon","with"]],cast:["casts",["spell",""],["target","at"]],help:["helps",["target",""]],search:["searches",["place",""]]};function on({action_type:e,details:t}){let n=Object.hasOwn(we,e)?we[e]:void 0;if(n===void 0)return[{text:Ao(e,t),strong:!1}];let[o,...r]=n,s=[{text:o,strong:!1}];for(let[l,c]of r){let f=t[l];typeof f!="string"||f===""||(c!==""&&s.push({text:c,strong:!1}),s.push({text:f,strong:!0}))}let i=Object.entries(t).filter(([l])=>!r.some(([c])=>c===l));return i.length>0&&s.push({text:`(${No(i)})`,strong:!1}),s}function Ao(e,t){let{text:n,...o}=t;if(typeof n=="string")return n;let r=Object.entries(n===void 0?o:t);return r.length===0?e:`${e} (${No(r)})`}function No(e){return e.map(([n,o])=>`${n}: ${typeof o=="string"?o:JSON.stringify(o)}`).join(", ")}function rn(e){return on(e).map(({text:t})=>t).join(" ")}function Do(e,t){let n=Object.hasOwn(we,e)?we[e]:void 0;if(n===void 0)return{action_type:e,details:{text:t}};let[,[o],r]=n,s=r===void 0?-1:t.toLowerCase().lastIndexOf(` ${r[1]} `),i={},l=(s===-1?t:t.slice(0,s)).trim();return l!==""&&(i[o]=l),r!==void 0&&s!==-1&&(i[r[0]]=t.slice(s+r[1].length+2).trim()),{action_type:e,details:i}}function Ro({action_type:e,details:t}){let n=Object.hasOwn(we,e)?we[e]:void 0;if(n===void 0)return Ao(e,t);let[,[o],r]=n,s=String(t[o]??""),i=r===void 0?void 0:t[r[0]];return i===void 0||r===void 0?s:`${s} ${r[1]} ${i}`}function xe(e){let[t,n]=_(()=>matchMedia(e).matches);return w(()=>{let o=matchMedia(e),r=()=>n(o.matches);return o.addEventListener("change",r),()=>o.removeEventListener("change",r)},[e]),t}function Ae({at:e}){let t=new Date(e),n=String(t.getHours()).padStart(2,"0"),o=String(t.getMinutes()).padStart(2,"0");return a`<time dateTime=${e} title=${t.toLocaleString()}>${n}:${o}</time>`}function ot(e,t,n,o=!0){let r=[],s=sn,i="",l=t===null?-1:e.findIndex(({frame:f})=>(f.seq??0)>t),c=Wa(n);for(let[f,u]of e.entries()){if(c(u.frame))continue;let d=Ne(u.frame),p=d===""?i:Ba(d),m=f>0&&f===l;m&&r.push({key:"new",kind:"new"}),p!==i&&(i!==""||o)&&r.push({key:`day-${p}`,kind:"day",at:d}),(m||p!==i)&&(s=sn);let h=Ua(u.frame,s,n);r.push({key:u.key,kind:"line",line:u,head:h!==s}),s=h,i=p}return r}function Wa({list:e}){let t=e.flatMap(({repeats:n})=>n?.()??[]);return n=>t.map(o=>o(n)).includes(!0)}function an(e,t,n,{counts:o}){return e.filter(({frame:r})=>(r.seq??0)>t&&o[r.event]&&ie(r)?.user_id!==n).length}function ie({data:e}){return e.player}function Ne({data:e}){return e.timestamp??""}var sn={who:"",since:0},Po={who:"notes",since:0};function Ua(e,t,{lines:n}){let o=ie(e),r=n[e.event]?.as;if(r==="apart")return{...sn};if(o===void 0||r!=="speech")return t.who===Po.who?t:Po;let s=`${o.user_id} ${o.character_id}`,i=Date.parse(Ne(e));return s===t.who&&i-t.since<3e5?t:{who:s,since:i}}function Ba(e){let t=new Date(e);return`${t.getFullYear()}-${t.getMonth()}-${t.getDate()}`}var rt=class extends ne{shouldComponentUpdate(t){let{line:n,head:o,mine:r}=this.props;return t.line!==n||t.head!==o||t.mine!==r}render(){let{line:t,head:n,mine:o,subjects:r}=this.props,{frame:s}=t,i=r.lines[s.event];if(!i)return null;let l=i.view(s.data,{mine:o,seq:s.seq??0}),c=ie(s);if(i.as==="speech")return c&&a`<${Ka} player=${c} time=${Ne(s)} head=${n}>${l}<//>`;if(i.as==="apart")return l;let f=r.icons[s.event],u=typeof f=="function"?f(s.data):f;return a`<${za} icon=${u} time=${Ne(s)}>${l}<//>`}};function Ka({player:e,time:t,head:n,children:o}){let r=T(e),{colour:s}=ve(e);return n?a`
    <div class="msg" data-player=${s}>
      <${re} player=${e} />
      <div class="msg__body">
        <p class="msg__head">
          <b class="msg__name">${r}</b>
          ${e.character_name!==null&&a`<span class="msg__who">${A(e)}</span>`}
          <${Ae} at=${t} />
        </p>
        ${o}
      </div>
    </div>`:a`
      <div class="msg msg--on" data-player=${s}>
        <div class="msg__body"><span class="visually-hidden">${r}:</span>${o}</div>
      </div>`}function za({icon:e,time:t,children:n}){let o=t&&a`<${Ae} at=${t} />`;return a`<p class="system"><${$} name=${e} size="sm" />${n} ${o}</p>`}function it(e,t){let n=new Float64Array(e.length+1);for(let[o,r]of e.entries())n[o+1]=n[o]+(t.get(r)??64);return n}function st(e,t){let n=0,o=Math.max(0,e.length-2);for(;n<o;){let r=n+o+1>>1;e[r]<=t?n=r:o=r-1}return n}function ln(e,t,n){let o=st(e,t+3*n)+1;return[st(e,t-2*n),Math.min(o,e.length-1)]}var Ga=48,Lo=4,un=H(null);function Fo(e){let{rows:t,subjects:n,me:o,before:r,after:s,silent:i}=e,l=x(null),c=x(null),f=x(e);f.current=e;let u=Qa(f,l),{from:d,to:p,above:m,below:h,onScroll:y}=Za(f,l,c,u.fill);return a`
    <div
      class="log" ref=${l} hidden=${i} onScroll=${y} onKeyDown=${v=>{v.key==="End"&&(v.preventDefault(),e.lookAtEnd(!0))}}
      tabindex="0" role="log" aria-live="off" aria-label="Session log"
    >
      <${Ja} before=${r} edges=${u} />
      <ol ref=${c} style=${{paddingTop:`${m}px`,paddingBottom:`${h}px`}}>
        ${t.slice(d,p).map(v=>a`<${Va} key=${v.key} row=${v} me=${o} subjects=${n} />`)}
      </ol>
      ${s===null&&e.children}
    </div>`}function Va({row:e,me:t,subjects:n}){if(e.kind==="new")return a`<li class="divider">New since you left</li>`;if(e.kind==="day"){let o=new Date(e.at).toLocaleDateString([],{weekday:"long",day:"numeric",month:"long"});return a`<li class="system">${o}</li>`}return a`<${Ya} line=${e.line} head=${e.head} me=${t} subjects=${n} />`}function Ya({line:e,head:t,me:n,subjects:o}){let r=P(un)===e.key,{event:s,seq:i}=e.frame,l=ie(e.frame)?.user_id===n;return a`
    <li
      data-event=${s} data-seq=${i} data-on=${t?void 0:""}
      data-celebrated=${r?"":void 0}
    >
      <${rt} line=${e} head=${t} mine=${l} subjects=${o} />
    </li>`}function Ja({before:e,edges:t}){let n=t.failed&&a` <button type="button" class="btn btn--sm" onClick=${t.retry}>Try again</button>`;return a`<p class="log__edge">${Xa(e,t.failed)}${n}</p>`}function Xa(e,t){return t?"Other lines could not be loaded.":e===null?"The story begins here.":"Loading earlier lines…"}function Qa(e,t){let n=x(!1),[o,r]=_(!1),s=async l=>{n.current=!0;try{await l(),r(!1)}catch{r(!0)}n.current=!1};return{fill:()=>{let l=t.current;if(l===null||n.current||o)return;let{scrollTop:c,clientHeight:f,scrollHeight:u}=l,{before:d,after:p,loadEarlier:m,loadLater:h}=e.current;d!==null&&c<Lo*f?s(m):p!==null&&u-c-f<Lo*f&&s(h)},failed:o,retry:()=>s(e.current.loadEarlier)}}function Za(e,t,n,o){let{rows:r,silent:s,atEnd:i}=e.current,[,l]=Ie(g=>g+1,0),f=x({heights:new Map,anchor:{key:"",offset:0},drawn:"",shape:""}).current,u=N(()=>r.map(({key:g})=>g),[r]),d=it(u,f.heights),p=xe("print"),[m,h]=p?[0,r.length]:cn(d,s?null:t.current,n.current,i);f.drawn=`${m} ${h}`,V(()=>{let[g,k]=[t.current,n.current];if(p||s||g===null||k===null||g.clientHeight===0)return;let S=tl(k,u.slice(m,h),f.heights),I=S?it(u,f.heights):d,F=i?g.scrollHeight:nl(f.anchor,u,I,k.offsetTop);F!==null&&Math.abs(g.scrollTop-F)>1&&(g.scrollTop=F),f.shape=qo(g),(S||cn(I,g,k,i).join(" ")!==f.drawn)&&l(void 0),o()}),w(()=>ol(t.current,f.heights,()=>l(void 0)),[]);let y=()=>{let[g,k]=[t.current,n.current];if(g===null||k===null||g.clientHeight===0)return;let S=el(g,k,u,f,e.current);S!=="same"&&l(void 0),S!=="resized"&&o()},b=d[m]??0,v=(d[d.length-1]??0)-(d[h]??0);return{from:m,to:h,above:b,below:v,onScroll:y}}function el(e,t,n,o,{atEnd:r,after:s,lookAtEnd:i}){let l=it(n,o.heights),c=e.scrollTop-t.offsetTop,f=Math.max(st(l,c),Math.min(1,n.length-1));if(o.anchor={key:n[f]??"",offset:c-(l[f]??0)},r&&qo(e)!==o.shape)return"resized";let d=e.scrollHeight-e.scrollTop-e.clientHeight<Ga&&s===null;return d!==r&&i(d),cn(l,e,t,d).join(" ")===o.drawn?"same":"moved"}function qo({clientWidth:e,clientHeight:t,scrollHeight:n}){return`${e} ${t} ${n}`}function cn(e,t,n,o){let r=t?.clientHeight||800,s=e[e.length-1]??0;return o||t===null||n===null?ln(e,s-r,r):ln(e,t.scrollTop-n.offsetTop,r)}function tl(e,t,n){let o=!1;for(let[r,s]of t.entries()){let i=e.children[r]?.getBoundingClientRect().height??0;Math.abs((n.get(s)??-1)-i)<.5||(n.set(s,i),o=!0)}return o}function nl({key:e,offset:t},n,o,r){let s=n.indexOf(e);return s===-1?null:r+(o[s]??0)+t}function ol(e,t,n){if(e===null)return;let o=0,r=new ResizeObserver(()=>{e.clientWidth!==o&&e.clientWidth!==0&&(o=e.clientWidth,t.clear()),n()});return r.observe(e),document.fonts?.ready.then(n),()=>r.disconnect()}function jo(e,t,n,o){let r=De(),[s,i]=_(1/0),[l,c]=_(null),f=`seen ${e.sessionId} ${t}`,u=e.sessionId!==null;w(()=>{if(!u)return;let p=Number(Y(f)??e.seq);c(p<e.seq&&an(e.log,p,t,n)>0?p:null),i(e.seq)},[f,u]),w(()=>{u&&r&&o&&i(e.seq)},[u,r,o,e.seq]),w(()=>{Number.isFinite(s)&&J(f,String(s))},[f,s]);let d=r&&o?0:an(e.log,s,t,n);return rl(d),{unread:d,newAfter:l}}function De(){let[e,t]=_(document.visibilityState==="visible");return w(()=>{let n=()=>t(document.visibilityState==="visible");return document.addEventListener("visibilitychange",n),()=>document.removeEventListener("visibilitychange",n)},[]),e}function rl(e){let t=x(document.title);w(()=>{document.title=e===0?t.current:`(${$e(e)}) ${t.current}`},[e])}function $e(e){return e>99?"99+":String(e)}function M({children:e}){return a`<p class="field__error" role="alert"><${$} name="warn" size="sm" />${e}</p>`}function Ho({subjects:e,pending:t,refused:n,sendAgain:o,dismiss:r,edit:s}){let i=t.filter(({event:l})=>e.outgoing[l]);return i.length+n.length===0?null:a`
    <ul class="outgoing" aria-label="On the way">
      ${i.map(l=>a`<${sl} key=${l.id} command=${l} subjects=${e} />`)}
      ${n.map(l=>{let{event:c}=l.command,f=!!Z(e,"drafts",c)?.drafts[c];return a`
          <${il}
            key=${l.command.id} back=${l} words=${Wo(l.command,e)}
            edit=${f?()=>s(l):null} sendAgain=${()=>o(l)} dismiss=${()=>r(l)}
          />`})}
    </ul>`}function sl({command:e,subjects:t}){let{state:n}=e,o=n==="acked",r=o?"Delivered":"Waiting to be sent";return a`
    <li data-pending=${n}>
      <div class="line">
        <p class="said">${Wo(e,t)}</p>
        <span class="sent" data-state=${o?void 0:"queued"} title=${r}>
          <${$} name=${o?"tick":"clock"} size="sm" /><span class="visually-hidden">${r}</span>
        </span>
      </div>
    </li>`}function il({back:e,words:t,edit:n,sendAgain:o,dismiss:r}){return a`
    <li class="refused">
      <p class="said">${t}</p>
      <${M}>Not sent: ${e.message}<//>
      <div class="row row--wrap">
        ${n&&a`<button type="button" class="btn btn--sm" onClick=${n}>Edit</button>`}
        <button type="button" class="btn btn--sm" onClick=${o}>Send again</button>
        <button type="button" class="btn btn--sm btn--quiet" onClick=${r}>Dismiss</button>
      </div>
    </li>`}function Wo({event:e,data:t},{outgoing:n}){return n[e]?.(t)??""}function Uo({seat:e}){let{table:t,state:n,subjects:o,atEnd:r,lookAtEnd:s,newAfter:i}=e,{reading:l,pending:c,refused:f}=t,u=l.before===null,d=N(()=>ot(l.lines,i,o,u),[l.lines,i,o,u]),p=n.sessionId!==null,m=p&&d.length+c.length+f.length===0;return a`
    ${m&&a`<${cl} />`}
    <${Fo}
      rows=${d} subjects=${o} me=${e.userId} before=${l.before} after=${l.after}
      loadEarlier=${t.loadEarlier} loadLater=${t.loadLater}
      atEnd=${r} lookAtEnd=${s} silent=${m||!p}
    >
      <${Ho}
        subjects=${o} pending=${c} refused=${f} sendAgain=${t.sendAgain}
        dismiss=${t.dismiss} edit=${h=>al(h,e)}
      />
    <//>
    ${!r&&a`<${ll} unread=${e.unread} go=${()=>s(!0)} />`}`}function al(e,t){let{event:n,data:o}=e.command,r=Z(t.subjects,"drafts",n);r?.drafts[n]?.(o,t.owns[r.name],t),t.table.dismiss(e)}function ll({unread:e,go:t}){return a`
    <button type="button" class="btn newer" onClick=${t}>
      <${$} name="down" />${e>0?`${$e(e)} new`:"Newest"}
    </button>`}function cl(){return a`
    <div class="empty">
      <${$} name="chat" />
      <h3>Nothing here yet</h3>
      <p>Say hello, or roll something. Everything is saved.</p>
    </div>`}function Bo({socket:e}){return{sendChatMessage:(t,n=!1)=>e.send("chat_message",n?{message:t,out_of_character:!0}:{message:t}),sendDMNarration:t=>e.send("dm_narration",{narration:t}),sendPlayerAction:t=>e.send("player_action",t)}}function Ko({seat:{characters:e,characterId:t,playAs:n},own:{aside:o,setAside:r}}){return e.length===0?null:a`
    <div class="say__as">
      <label>Speaking as
        <span class="select select--bare">
          <select onChange=${({target:{value:i}})=>{r(i===""),i!==""&&n(Number(i))}}>
            ${e.map(({id:i,name:l})=>a`<option key=${i} value=${i} selected=${!o&&i===t}>${l}</option>`)}
            <option value="" selected=${o||t===null}>Yourself (out of character)</option>
          </select>
          <${$} name="down" size="sm" />
        </span>
      </label>
    </div>`}var ul=50;function zo(e,t){let n=x([]),o=x(0),r=()=>e===""||e===n.current[o.current],s=i=>(o.current=Math.min(Math.max(i,0),n.current.length),t(n.current[o.current]??""),!0);return{keep:i=>{i.trim()!==""&&(n.current=[...n.current,i].slice(-ul)),o.current=n.current.length},press:i=>e===""&&i==="ArrowUp"?n.current.length>0&&s(n.current.length-1):!r()||e===""?!1:i==="ArrowUp"?s(o.current-1):i==="ArrowDown"&&s(o.current+1)}}var fn=[["say","Say","Say something"],["attack","Attack","Goblin with longsword"],["cast","Cast","Sleep at the guards"],["help","Help","Whom?"],["search","Search","Where?"],["describe","Act","In your own words"]];function Go({seat:e,own:t}){let n=x(null),{text:o,send:r,press:s}=dl(e,t),{mode:i,setMode:l,aside:c,refusal:f}=t,u=h=>{h.preventDefault(),r()},d=h=>{l(h===i?"say":h),n.current?.focus()},[,,p]=fn.find(([h])=>h===i)??fn[0]??[],m=c&&i==="say";return a`
    <form class="say" onSubmit=${u}>
      <${Ko} seat=${e} own=${t} />
      <${fl} mode=${i} choose=${d} />
      <div class="say__line">
        <textarea
          class="input" rows="1" ref=${n} aria-label="Message" maxlength="2000" data-key="message"
          placeholder=${m?"Say something as yourself":p} data-aside=${m?"":void 0}
          aria-describedby=${f===""?void 0:"not-said"} onKeyDown=${s}
          value=${o.value} onInput=${({target:h})=>o.set(h.value)}
        ></textarea>
        <button type="submit" class="btn btn--icon" aria-label="Send"><${$} name="send" /></button>
      </div>
      ${f!==""&&a`<p class="field__error" role="alert" id="not-said"><${$} name="warn" size="sm" />${f}</p>`}
    </form>`}function fl({mode:e,choose:t}){return a`
    <div class="modes" role="group" aria-label="What you do">
      ${fn.map(([n,o])=>a`
          <button
            type="button" class="mode" key=${n} aria-pressed=${n===e} onClick=${()=>t(n)}
          >${o}</button>`)}
    </div>`}function dl(e,{say:t,setSay:n,mode:o,setMode:r,setRefusal:s}){let i=d=>{s(""),n(d)},l=zo(t,i),c=()=>(e.table.sendPlayerAction(Do(o,t)),e.lookAtEnd(!0),!0),f=()=>{(o==="say"||o==="describe")&&t.trim()===""||(o==="say"?e.speak(t):c())&&(l.keep(t),i(""),r("say"))};return{text:{value:t,set:i},send:f,press:d=>{let{key:p}=d;he(d)||(p==="Escape"&&o!=="say"?r("say"):p==="Escape"&&d.target.blur(),l.press(p)&&d.preventDefault(),!(p!=="Enter"||d.shiftKey)&&(d.preventDefault(),f()))}}}function ae({id:e,title:t,close:n}){return a`
    <div class="row">
      <h2 id=${e}>${t}</h2>
      <button type="button" class="btn push" onClick=${n}>Close</button>
    </div>`}function L(e){let t=x(null),n=x(e);return n.current=e,V(()=>{let o=t.current;if(o===null)return;o.showModal();let r=new MutationObserver(()=>{o.open||n.current()});return r.observe(o,{attributeFilter:["open"]}),()=>r.disconnect()},[]),t}var ml={public:"",dm:"Only the roller and the DM see this",blind:"Only the DM sees this",self:"Only you see this"};function Yo(e){let t=[];return e.rerolled?t.push({icon:"retry",words:"rerolled"}):e.kept||t.push({icon:"",words:"dropped"}),e.critical&&t.push({icon:"star",words:"critical"}),e.fumble&&t.push({icon:"crack",words:"fumble"}),e.success&&t.push({icon:"tick",words:"success"}),e.failure&&t.push({icon:"x",words:"failure"}),e.exploded&&t.push({icon:"bless",words:"exploded"}),e.worth!==void 0&&t.push({icon:"",words:`counts ${W(e.worth)}`}),t}function Jo({dice:e,subtotal:t}){let n=e.filter(({success:l})=>l).length,o=e.filter(({failure:l})=>l).length,s=[Vo(n,"success","successes"),Vo(o,"failure","failures")].filter(l=>l!=="").join(", ");return s!==""?s:e.filter(l=>l.kept).reduce((l,{value:c,worth:f})=>l+(f??c),0)===t?"":`= ${W(t)}`}function Vo(e,t,n){return e===0?"":`${e} ${e===1?t:n}`}function Xo({result:e,results:t=[],terms:n}){if(t.length===0)return[{result:e,terms:n}];let o=n.length/t.length;return t.map((r,s)=>({result:r,terms:n.slice(s*o,(s+1)*o)}))}function at({formula:e,reason:t=""}){let n=e.trimEnd();return t===""||!n.endsWith(t)?e:/^(.*?)\s*(#|\/\/)\s*$/s.exec(n.slice(0,-t.length))?.[1]??e}function q({visibility:e,revealed:t}){return t?"":ml[e]}function Qo(e,{listed:t}){let n=new Set(e.map(({key:o})=>o));return e.flatMap(({key:o,frame:{event:r,data:s}})=>{let i=t[r]?.row(s);return i===void 0||n.has(`seq-${i.of}`)?[]:[{key:o,...i}]})}function Zo(e){return`${e<0?"−":"+"} ${Math.abs(e)}`}function W(e){return String(e).replace("-","−")}function lt({rotate:e}){return a`
    <div class="proof-sheet__form">
      <button type="button" class="btn btn--sm" onClick=${e}>New secret</button>
      <p class="quiet">This reveals the secret to everybody. The next dice use a new one.</p>
    </div>`}var Re=H(null),pl={good:"tick",bad:"x",open:"clock",weak:"warn",part:"info"},hl={good:"OK",bad:"Wrong",open:"Not known yet",weak:"Note",part:"Not checked here"};function _e({rolls:e=[],seq:t}){let n=P(Re),o=e.filter(r=>"proof"in r&&r.proof);return o.length===0||n===null?null:a`
    <button
      type="button" class="proof" aria-label="Proof" title=${tr(o)}
      onClick=${()=>n.doubt({rolls:o,seq:t})}
    ><${$} name="proof" size="sm" /></button>`}function er({own:{doubted:e,proofs:t,doubt:n}}){return e&&a`<${$l} doubted=${e} proofs=${t} close=${()=>n(null)} />`}function $l({doubted:{rolls:e,seq:t},proofs:n,close:o}){let r=L(o),s=yl(e,t,n),i=s?.flat().some(({verdict:c})=>c==="open"),l=()=>{n.rotate?.(),r.current?.close()};return a`
    <dialog class="dialog proof-sheet" ref=${r} aria-labelledby="proof-title">
      <${ae} id="proof-title" title=${tr(e)} close=${()=>r.current?.close()} />
      <div aria-live="polite" class="proof-sheet__rolls">
        ${e.map((c,f)=>a`<${_l} roll=${c} steps=${s&&(s[f]??[])} />`)}
      </div>
      ${i&&n.rotate&&a`<${lt} rotate=${l} />`}
    </dialog>`}function _l({roll:e,steps:t}){return a`
    <section>
      <p class="formula-text">${at(e)} = <b>${W(e.result)}</b></p>
      ${t===null?a`<p>Checking…</p>`:a`<${bl} steps=${t} />`}
    </section>`}function tr({length:e}){return e===1?"Is this roll fair?":"Are these rolls fair?"}function bl({steps:e}){return a`
    <ol class="proof-sheet__steps">
      ${e.map(({verdict:t,words:n})=>a`
          <li data-verdict=${t}>
            <${$} name=${pl[t]} size="sm" />
            <span><span class="visually-hidden">${hl[t]}: </span>${n}</span>
          </li>`)}
    </ol>
    <p><strong>${gl(e)}</strong></p>`}function gl(e){let t=n=>e.some(({verdict:o})=>o===n);return t("bad")?"This roll does not match what the server promised.":t("open")?"Nothing suspicious so far. You can check the dice when the secret is revealed.":t("weak")?"The server kept its promise, but no player had added a seed.":t("part")?"The dice are proved. What the formula makes of them is not checked here.":"This roll is proved."}function yl(e,t,n){let[o,r]=_(null);return w(()=>{wl(e,t,n).catch(()=>e.map(()=>[vl])).then(r)},[]),o}var vl={verdict:"open",words:"The data for this check could not be loaded. Try again later."};async function wl(e,t,{fetchProof:n}){let[{verify:o},r]=await Promise.all([import("./verify-ZO25LA5D.js"),n(t)]);return e.map(s=>o(r,t,s))}var ct=class extends ne{state={all:!1};render(){let{dice:t,die:n,sides:o}=this.props.term,r=this.state.all?t:t.slice(0,this.props.most),s=t.length-r.length;return a`
      ${r.map(i=>a`<${kl} die=${i} name=${n} sides=${o} />`)}
      ${s>0&&a`<${xl} count=${s} show=${()=>this.setState({all:!0})} />`}`}};function xl({count:e,show:t}){return a`<button type="button" class="btn btn--quiet btn--sm" onClick=${t}>${e} more dice</button>`}function kl({die:e,name:t,sides:n}){let o=Yo(e),r=o.map(f=>f.words).join(", "),s=o.find(f=>f.icon!=="")?.icon,i=e.critical?"best":e.fumble?"worst":void 0,l=r===""?t:`${t}, ${r}`,c=a`
    <${ye} sides=${n} />${String(e.value).replace("-","−")}
    ${e.worth!==void 0&&a`<small class="die__worth" aria-hidden="true">${e.worth}</small>`}
    ${s&&a`<span class="die__mark"><${$} name=${s} /></span>`}
    ${r&&a`<span class="visually-hidden"> ${r}</span>`}`;return e.kept?a`<span class="die" data-die=${n} data-face=${i} title=${l}>${c}</span>`:a`<s class="die" data-die=${n} data-dropped title=${l}>${c}</s>`}var Sl=30;function dn({roll:e,player:t,mark:n,children:o}){if(!("result"in e))return a`<${Tl} roll=${e} />`;let{result:r,results:s=[]}=e,i=ee(e);return a`
    <article class="roll" data-outcome=${i?.outcome} data-secret=${q(e)!==""||void 0}>
      <p class="roll__title">
        ${i&&a`<${mn} critical=${i} />`}<${nr} roll=${e} />${n}
      </p>
      <${Ol} roll=${e} />
      <p class="roll__total">
        <span class="visually-hidden">${s.length>0?"In total ":"Total "}</span>${W(r)}
      </p>
      <${pn} roll=${e} player=${t}>${o}<//>
    </article>`}function Tl({roll:e}){return a`
    <article class="roll" data-secret>
      <p class="roll__title"><${nr} roll=${e} /></p>
      <p class="roll__dice">You rolled blind. Only the DM sees the result.</p>
      <p class="roll__total" aria-hidden="true">?</p>
    </article>`}function nr({roll:e}){let t=e.reason&&a`<b class="roll__reason">${e.reason}</b> `;return a`${t}<span class="formula-text">${at(e)}</span>`}function ut({roll:e}){let{formula:t,result:n,rolls:o}=e,r=ee(e),s=r&&a` <${$} name=${r.icon} size="sm" /><span class="visually-hidden">${r.words}</span>`,i=`Rolled ${o.join(", ")}`;return a`
    <span
      class="inline-roll" data-outcome=${r?.outcome} title=${i}
    >${t} = <b>${W(n)}</b>${s}</span>`}function mn({critical:{icon:e,words:t}}){return a`<strong class="roll__verdict"><${$} name=${e} />${t}</strong>`}function Ol({roll:e}){let t=Xo(e),n=e.bonuses??[],o=Math.max(4,Math.floor(Sl/e.terms.length)),r=s=>a`
    ${s.map((i,l)=>a`<${Cl} term=${i} first=${l===0} most=${o} />`)}
    ${n.map(({value:i,label:l})=>a`<span>${Zo(i)}<${or} label=${l} /></span>`)}`;return t.length===1?a`<div class="roll__dice">${r(e.terms)}</div>`:a`
    <ol class="roll__throws">
      ${t.map(s=>a`
          <li>
            <div class="roll__dice">${r(s.terms)}</div>
            <b><span class="visually-hidden">Total </span>${W(s.result)}</b>
          </li>`)}
    </ol>`}function Cl({term:e,first:t,most:n}){let o=Jo(e);return a`
    ${(!t||e.sign<0)&&a`<span>${e.sign<0?"−":"+"}</span>`}
    <span class="roll__term" role="group" aria-label=${e.notation}>
      <${ct} term=${e} most=${n} />
      ${o&&a`<span class="roll__tally">${o}</span>`}
      <${or} label=${e.label} />
    </span>`}function or({label:e}){return e?a` <small class="roll__label">${e}</small>`:null}function pn({roll:e,player:t,children:n}){let{source:o,revealed:r,character:s}=e,i=q(e),l=[];if(s&&s.id!==t.character_id&&l.push(["person",s.name]),o==="reported"&&l.push(["hand","Rolled by hand"]),r&&l.push(["eye","Revealed"]),i!==""&&l.push(["eye-off",i]),l.length===0)return null;let c=l.map(([f,u])=>a`<span class="badge"><${$} name=${f} size="sm" />${u}</span> `);return a`<div class="roll__foot"><p>${c}</p>${n}</div>`}var El={attack:"sword",cast:"star",help:"heart",search:"search"};function rr(e,{mine:t,seq:n}){let o=se(e).map(i=>typeof i=="string"?So(i).map(l=>a`<${Ml} ...${l} />`):a`<${ut} roll=${i} />`),r=e.rolls&&a` <${_e} rolls=${e.rolls} seq=${n} />`,s=e.out_of_character?"ooc":"said";return a`<div class="line"><p class=${s}>${o}${r}</p>${t&&a`<${Il} />`}</div>`}function Ml({text:e,bracketed:t}){return t?a`<bdi class="no-roll" title="No roll: there are no dice in these brackets">${e}</bdi>`:a`<bdi>${e}</bdi>`}function Il(){return a`
    <span class="sent" title="Delivered">
      <${$} name="tick" size="sm" /><span class="visually-hidden">Delivered</span>
    </span>`}function sr({player:e,action:t}){let n=on(t).map(({text:r,strong:s})=>[" ",s?a`<b>${r}</b>`:a`<span>${r}</span>`]),o=El[t.action_type]??"replay";return a`<p class="action"><${$} name=${o} /><span><b>${T(e)}</b>${n}</span></p>`}function ir(e){return a`<div class="told"><${lr} ...${e} /></div>`}function ar({seat:{state:e,isDm:t}}){let{narration:n,ended:o,sessionId:r}=e;return n!==null?a`<div class="scene__text"><${lr} ...${n} /></div>`:r===null?null:o?a`<div class="scene__text scene__text--empty"><p>Nothing was narrated.</p></div>`:a`<div class="scene__text scene__text--empty"><h2>The table is set</h2><p>${t?"Set the scene below: your narration appears here, and in everybody’s chat.":"When the DM narrates, the words appear here."}</p></div>`}function lr({player:e,narration:t,timestamp:n}){let o=`${A(e)} narrates `,r=t.split(/\n{2,}/).filter(s=>s.trim()!=="");return a`
    <p class="narration__by"><${$} name="lantern" size="sm" />${o}<${Ae} at=${n} /></p>
    <div class="narration">${r.map(s=>a`<p>${s}</p>`)}</div>`}function cr({seat:e,own:{narration:t,setNarration:n}}){if(!e.isDm||e.state.ended)return null;let o=s=>{s.preventDefault(),t.trim()!==""&&(e.table.sendDMNarration(t),n(""))};return a`
    <form class="narrate" onSubmit=${o}>
      <${$} name="lantern" />
      <textarea
        class="input" rows="1" maxlength="8000" aria-label="Narration" placeholder="Narrate the scene"
        data-key="narration" onKeyDown=${s=>{he(s)||(s.key==="Enter"&&!s.shiftKey&&o(s),s.key==="Escape"&&s.target.blur())}}
        value=${t} onInput=${({target:s})=>n(s.value)}
      ></textarea>
      <button type="submit" class="btn">Narrate</button>
    </form>`}var fr={me:ur("me",(e,{table:t})=>t.sendPlayerAction({action_type:"describe",details:{text:e}})),ooc:ur("ooc",(e,{table:t})=>t.sendChatMessage(e,!0))};function ur(e,t){return(n,o)=>{if(n==="")return`Write something after /${e}.`;t(n,o)}}function Pe(e){let[t,n]=_(()=>Y(e)??"");return w(()=>J(e,t),[e,t]),[t,n]}function dr({userId:e,place:t}){let[n,o]=Pe(`draft ${t.sessionId} ${e}`),[r,s]=Pe(`narration ${t.sessionId} ${e}`),[i,l]=_(!1),[c,f]=_(""),[u,d]=_("say");return{say:n,setSay:o,narration:r,setNarration:s,refusal:c,setRefusal:f,aside:i,setAside:l,mode:u,setMode:d}}var mr={chat_message:({message:e,out_of_character:t},n)=>{n.setSay(ft(e,n.say)),n.setAside(t===!0),n.setMode("say")},player_action:(e,t)=>{t.setSay(ft(Ro(e),t.say)),t.setMode(Al(e.action_type))},dm_narration:({narration:e},t,{isDm:n})=>{n?t.setNarration(ft(e,t.narration)):t.setSay(ft(e,t.say))}};function ft(e,t){return t.trim()===""?e:`${e}
${t}`}function Al(e){return e==="attack"||e==="cast"||e==="help"||e==="search"?e:"describe"}var hr={name:"chat",state:{initial:{narration:null},restore:({narration:e})=>({narration:e?.data??null})},reducers:{chat_message:null,player_action:null,dm_narration:(e,t)=>({...e,narration:t})},lines:{chat_message:{as:"speech",view:rr},player_action:{as:"speech",view:sr},dm_narration:{as:"apart",view:ir}},icons:{chat_message:null,player_action:null,dm_narration:null},sentences:{chat_message:Nl,player_action:({player:e,action:t})=>`${T(e)} ${rn(t)}`,dm_narration:({narration:e})=>`The DM narrates: ${e}`},counts:{chat_message:!0,player_action:!0,dm_narration:!0},told:{chat_message:({player:e,rolls:t=[]})=>({roller:e,rolls:t})},outgoing:{chat_message:({message:e})=>e,player_action:rn,dm_narration:({narration:e})=>e},drafts:mr,sends:Bo,use:dr,views:{scene:ar,narration:cr,say:Go},panel:{label:"Chat",short:"Chat",icon:"chat",place:1,view:Uo},slash:fr,speech:{say:(e,{table:t},{aside:n})=>t.sendChatMessage(e,n),giveBack:(e,t,n,{setSay:o,setRefusal:r})=>{o(e),r(t),pr(n)}},hints:{dm:["narrate","Write below the stage to narrate (on a phone: More, Scene). Everybody sees it there and in the chat."],player:["act","Attack, Cast, Help and Search say what your character does, as in “Goblin with longsword”."]},keys:{help:[[["Enter"],"Send; Shift+Enter starts a new line"],[["↑"],"In an empty box: bring back your last line"],[["Esc"],"Leave the box; close a menu; clear the formula"],[["Shift+C"],"Go to the chat box"],[["M"],"Go to the narration",!0]],actions:e=>({"Shift+C":()=>pr(e),m:e.isDm?()=>K("[data-key=narration]"):void 0})}};function Nl(e){let t=se(e).map(o=>typeof o=="string"?o:`${o.formula}: ${o.result}${tt(o)}`);return`${e.out_of_character?`${A(e.player)}, out of character,`:T(e.player)} says: ${t.join("")}`}function pr({show:e}){e("chat"),setTimeout(()=>K("[data-key=message]"))}function $r(e,t){let n=x(null);w(()=>{let o=({target:s})=>{n.current=s instanceof Element&&s.matches(":focus-visible")?s:null},r=e.current;return r?.addEventListener("focusin",o),()=>r?.removeEventListener("focusin",o)},[]),w(()=>{n.current===null||n.current.isConnected||(n.current=null,document.activeElement===document.body&&e.current?.querySelector(t)?.focus())})}function hn(e,t){if(e?.active!==!0)return{active:!1,round:null,combatants:[]};let n=dt(e).slice(0,100).flatMap((i,l)=>Dl(i,l)??[]).sort((i,l)=>(l.initiative??-1/0)-(i.initiative??-1/0)||i.place-l.place),o=Pl(n,t),r=o===-1?-1:(o+1)%n.length,s=n.map((i,l)=>({...i,acting:l===o,next:l===r&&r!==o}));return{active:!0,round:Le(e.round),combatants:s}}function _r(e,t,n){let{combatants:o,round:r}=hn(e,t),s=o.length;if(e===null||s===0)return null;let i=o.findIndex(d=>d.acting),c=o[((i===-1&&n===-1?0:i)+n+s)%s];if(c===void 0)return null;let f=i!==-1&&(n===1?i===s-1:i===0),u=Math.max(1,(r??1)+n);return{turn:{...t,current_character_name:c.name,combatant:c.place},combat:f&&u!==r?{...e,round:u}:null}}function br(e){return{...e,active:!0,round:1}}function gr(e){return{...e,active:!1}}function yr(e,{name:t,initiative:n,hp:o}){let r=dt(e),s=new Set(r.map(c=>c?.name)),i=t;for(let c=2;s.has(i);c+=1)i=`${t} ${c}`;let l={name:i};return n!==null&&(l.initiative=n),o!==null&&Object.assign(l,{hp:o,max_hp:o}),{...e,combatants:[...r,l]}}function vr(e,t){return{...e,combatants:dt(e).filter((n,o)=>o!==t)}}function wr(e,t,n){let o=dt(e).map((r,s)=>s===t?{...r,hp:n}:r);return{...e,combatants:o}}function xr(e,{hp:t,maxHp:n}){let[,o,r]=/^\s*([+\-−])?\s*(\d{1,6})\s*$/.exec(e)??[];if(r===void 0)return null;let s=Number(r);return o===void 0?s:o==="+"?Math.max(t,Math.min(n??1/0,Math.max(t,0)+s)):Math.min(t,Math.max(0,t-s))}function $n(e){return new TextEncoder().encode(JSON.stringify(e)).length<=4096}function dt(e){return Array.isArray(e.combatants)?e.combatants:[]}function Dl(e,t){if(typeof e?.name!="string"||e.name.trim()==="")return null;let n=Le(e.hp),o=Le(e.max_hp),r=Array.isArray(e.conditions)?e.conditions.slice(0,12).flatMap(Rl):[],s=e.name.slice(0,200);return{place:t,name:s,initiative:Le(e.initiative),hp:n,maxHp:o,conditions:r,acting:!1,next:!1}}function Rl(e){return typeof e=="string"&&e!==""?[{name:e.slice(0,60),rounds:null}]:typeof e?.name!="string"||e.name===""?[]:[{name:e.name.slice(0,60),rounds:Le(e.rounds)}]}function Pl(e,t){let n=t?.current_character_name??null,o=e.findIndex(r=>r.name===n&&r.place===t?.combatant);return o===-1?e.findIndex(r=>r.name===n):o}function Le(e){return typeof e=="number"&&Number.isFinite(e)?e:null}function Sr({combatants:e,players:t,cast:n}){let o=x(null),r=e.find(i=>i.acting)?.place;return w(()=>{let i=o.current?.querySelector("[aria-current=step]");!i||!o.current||(o.current.scrollLeft=i.offsetLeft-(o.current.clientWidth-i.offsetWidth)/2)},[r]),a`
    <div class="stage__strip">
      <ol class="strip" aria-label="Initiative order" tabindex="0" ref=${o} onKeyDown=${i=>{let l={ArrowLeft:-1,ArrowRight:1}[i.key];l===void 0||o.current===null||(i.preventDefault(),o.current.scrollLeft+=l*110)}}>
        ${e.map(i=>a`<${_n} key=${i.place} one=${i} players=${t} cast=${n} />`)}
      </ol>
    </div>`}function _n({one:e,players:t,cast:n,children:o}){let{name:r,initiative:s,acting:i,next:l,hp:c,conditions:f}=e,u=nn(r,t)??nn(r,n),d=u!==void 0&&!t.some(({user_id:m})=>m===u.user_id),p=c!==null&&c<=0;return a`
    <li
      class="fighter" data-player=${u&&ve(u).colour} aria-current=${i?"step":void 0}
      data-next=${l?"":void 0} data-defeated=${p?"":void 0}
    >
      ${i&&a`<span class="fighter__tag">Now</span>`}
      ${l&&a`<span class="fighter__tag">Next</span>`}
      <span class="fighter__init">${s}</span>
      <${wo} name=${r} player=${u} away=${d} />
      <span class="fighter__name" title=${d?`${r} (the player is away)`:r}>${r}</span>
      <${Ll} one=${e} />
      <span class="fighter__state num">
        <${Fl} one=${e} counted=${o!==void 0&&o!==!1} />
        ${f.map(m=>a`<${jl} ...${m} />`)}
      </span>
      ${o}
    </li>`}function Ll({one:{name:e,hp:t,maxHp:n}}){if(t===null||n===null||n<=0)return null;let o=Math.min(1,Math.max(0,t/n));return a`
    <span
      class="hp" role="meter" aria-label=${`Hit points of ${e}`}
      aria-valuemin="0" aria-valuemax=${n} aria-valuenow=${Math.min(n,Math.max(0,t))}
      data-low=${o<=.5?"":void 0} style=${{"--hp-now":`${o*100}%`}}
    ></span>`}function Fl({one:{hp:e,maxHp:t},counted:n}){if(e===null)return null;if(e<=0)return a`<${kr} icon="skull" words="Down" shown=${!n} />`;if(t===null||t<=0)return n?null:a`${e}`;let o=e/t<=.5&&a`<${kr} icon="drop" words="Bloodied" shown=${!1} />`;return a`${o}${!n&&a`<span>${e} / ${t}</span>`}`}function kr({icon:e,words:t,shown:n}){return a`
    <span data-bloodied title=${t}>
      <${$} name=${e} size="sm" /><span class=${n?void 0:"visually-hidden"}>${t}</span>
    </span>`}var ql={blessed:"bless",concentrating:"focus",poisoned:"poison",frightened:"fear",prone:"prone"};function jl({name:e,rounds:t}){let n=ql[e.toLowerCase()]??"info",o=t===null?e:`${e}, rounds left: ${t}`;return a`
    <span class="condition" title=${o}>
      <${$} name=${n} size="sm" /><span class="visually-hidden">${o}</span>
      ${t!==null&&a`<span aria-hidden="true">${t}</span>`}
    </span>`}function Cr({seat:e,own:{fight:t}}){let{combat:n,ended:o}=e.state,r=e.isDm&&!o,s=x(null);$r(s,"[data-key=newcomer], .btn--primary");let i=()=>e.table.sendCombatUpdate(br(n));return a`
    <div class="panel__scroll" tabindex="0" ref=${s}>
      ${t.active&&a`<${Bl} seat=${e} fight=${t} mayLead=${r} />`}
      ${!t.active&&a`<${Ul} begin=${r?i:null} />`}
      ${t.combatants.length>0&&a`<${Hl} seat=${e} fight=${t} mayLead=${r} />`}
      ${t.active&&t.combatants.length===0&&a`<p class="quiet">No combatants yet.</p>`}
      ${r&&t.active&&a`<${zl} seat=${e} />`}
      ${r&&a`<${Vl} seat=${e} /><${Gl} seat=${e} />`}
    </div>`}function Hl({seat:e,fight:t,mayLead:n}){let{players:o}=e.state;return a`
    <ol class="order" aria-label="Combatants">
      ${t.combatants.map(r=>{let s=n&&a`<${Kl} seat=${e} one=${r} />`;return a`<${_n} key=${r.place} one=${r} players=${o} cast=${e.cast}>${s}<//>`})}
    </ol>`}var Wl="Start combat, then add the combatants with their initiative.";function Ul({begin:e}){return a`
    <div class="empty">
      <${$} name="sword" />
      <h3>No combat</h3>
      <p>${e?Wl:"When the DM starts combat, the initiative order appears here."}</p>
      ${e&&a`<button type="button" class="btn btn--primary" onClick=${e}>Start combat</button>`}
    </div>`}function Bl({seat:e,fight:t,mayLead:n}){let{table:o}=e,{combat:r,turn:s}=e.state,i=t.round??1,l=()=>{o.sendCombatUpdate(gr(r)),s!==null&&s.current_character_name!==null&&o.sendTurnChange({current_character_name:null})},c=f=>r&&o.sendCombatUpdate({...r,round:Math.max(1,f)});return a`
    <div class="row row--wrap">
      <h2>Round ${i}</h2>
      ${n&&a`<div class="row push">
          <${Tr} label="Previous round" icon="minus" act=${()=>c(i-1)} />
          <${Tr} label="Next round" icon="plus" act=${()=>c(i+1)} />
          <button type="button" class="btn btn--sm btn--danger" onClick=${l}>End combat</button>
        </div>`}
    </div>`}function Tr({label:e,icon:t,act:n}){return a`
    <button type="button" class="btn btn--sm btn--icon" aria-label=${e} onClick=${n}>
      <${$} name=${t} size="sm" />
    </button>`}function Kl({seat:{table:e,state:t},one:n}){let{combat:o}=t;if(o===null)return null;let{hp:r,maxHp:s}=n,i=({target:l})=>{let c=r===null?null:xr(l.value,{hp:r,maxHp:s});l.value=`${c??r}`,c!==null&&c!==r&&e.sendCombatUpdate(wr(o,n.place,c))};return a`
    <span class="fighter__tools">
      ${r!==null&&a`<span class="fighter__count num">
          <input
            class="input" type="text" maxlength="7" autocomplete="off" value=${r} title="−5 for damage, +3 for healing"
            aria-label=${`Hit points left: ${n.name}`} onChange=${i}
            onFocus=${({target:l})=>l.select()}
          />${s!==null&&a` / ${s}`}
        </span>`}
      <button
        type="button" class="btn btn--quiet btn--sm btn--icon" aria-label=${`Remove ${n.name}`}
        onClick=${()=>e.sendCombatUpdate(vr(o,n.place))}
      >
        <${$} name="x" size="sm" />
      </button>
    </span>`}function zl({seat:e}){let[t,n]=_(""),[o,r]=_(""),[s,i]=_(""),[l,c]=_(!1);return a`
    <form class="newcomer" onSubmit=${u=>{u.preventDefault();let d=u.currentTarget,{combat:p}=e.state;if(p===null||t.trim()==="")return;let m=yr(p,{name:t.trim(),initiative:Or(o),hp:Or(s)});c(!$n(m)),$n(m)&&(e.table.sendCombatUpdate(m),n(""),r(""),i(""),d.querySelector("input")?.focus())}}>
      <h3>Add combatant</h3>
      <${mt} label="Name" value=${t} set=${n} list="who-is-here" mark="newcomer" />
      <${mt} label="Initiative" value=${o} set=${r} number />
      <${mt} label="Hit points" value=${s} set=${i} number />
      <button type="submit" class="btn"><${$} name="plus" />Add</button>
      ${l&&a`<${M}>The initiative order is full. Remove a combatant first.<//>`}
    </form>`}function Gl({seat:{state:e,cast:t}}){let o=[...new Set([...e.players.filter(({role:r})=>r==="player"),...t].map(T))].map(r=>a`<option key=${r} value=${r} />`);return a`<datalist id="who-is-here">${o}</datalist>`}function Vl({seat:{table:e}}){let[t,n]=_("");return a`
    <form class="newcomer" onSubmit=${s=>{s.preventDefault(),t.trim()!==""&&(e.sendTurnChange({current_character_name:t.trim()}),n(""))}}>
      <h3>Set the turn</h3>
      <${mt} label="Whose turn" value=${t} set=${n} list="who-is-here" />
      <button type="submit" class="btn">Set turn</button>
      <button type="button" class="btn btn--quiet" onClick=${()=>e.sendTurnChange({current_character_name:null})}>Clear turn</button>
    </form>`}function mt({label:e,value:t,set:n,number:o=!1,list:r,mark:s}){return a`
    <label class="field"><span class="label">${e}</span>
      <input type="text"
        class="input" data-key=${s} list=${r} maxlength="60" autocomplete="off"
        inputmode=${o?"numeric":void 0}
        value=${t} onInput=${({target:i})=>n(i.value)}
      />
    </label>`}function Or(e){let t=Number.parseInt(e,10);return Number.isNaN(t)?null:t}function Er({socket:e}){return{sendTurnChange:t=>e.send("turn_change",{turn:t}),sendCombatUpdate:t=>e.send("combat_update",{combat:t})}}function Mr({turn:e,fight:t,me:n,step:o}){let r=e?.current_character_name??null;if(r===null&&!t.active)return null;let s=n!==null&&r===T(n),i=t.combatants.find(l=>l.next);return a`
    <section class="turn" aria-label="Turn" data-mine=${s?"":void 0}>
      ${t.round!==null&&a`<p class="turn__round"><span>Round</span><b>${t.round}</b></p>`}
      <div class="turn__who">
        <h2>${Jl(r,s)}</h2>
        ${i&&a`<p>${i.name} is next</p>`}
      </div>
      ${o&&t.combatants.length>0&&a`<${Yl} step=${o} />`}
    </section>`}function Yl({step:e}){return a`
    <div class="row push">
      <button
        type="button" class="btn btn--quiet btn--icon" aria-label="Previous turn" onClick=${()=>e(-1)}
      ><${$} name="back" /></button>
      <button
        type="button" class="btn btn--primary" onClick=${()=>e(1)}
      >Next turn <${$} name="next" /></button>
    </div>`}function Jl(e,t){return e===null?"Combat":t?"Your turn":`${e}’s turn`}function Ir({seat:e,own:{fight:t,step:n}}){let{state:o,cast:r}=e,{combatants:s}=t;return a`
    ${s.length>0&&a`<${Sr} combatants=${s} players=${o.players} cast=${r} />`}
    ${!o.ended&&a`<${Mr} turn=${o.turn} fight=${t} me=${o.me} step=${n} />`}`}function Ar(){let e="";return t=>{if(t.event==="turn_change")return e==="over"&&t.data.turn.current_character_name===null;if(t.event!=="combat_update")return!1;let{active:n,round:o}=t.data.combat,r=e;return e=n?`round ${typeof o=="number"?o:""}`:"over",e===r}}var pt;function ke(...e){if(document.documentElement.dataset.sounds==="on")try{pt??=new AudioContext;let{currentTime:t,destination:n}=pt;for(let[o,r]of e.entries()){let s=t+o*.11,i=new OscillatorNode(pt,{frequency:r,type:"triangle"}),l=new GainNode(pt,{gain:.08});l.gain.setTargetAtTime(0,s,.06),i.connect(l).connect(n),i.start(s),i.stop(s+.4)}}catch{}}var Xl=660;function Nr(e){let{combat:t,turn:n,me:o,ended:r}=e.state,s=N(()=>hn(t,n),[t,n]),i=o!==null&&n?.current_character_name===T(o);w(()=>{i&&ke(Xl)},[i]);let l=e.isDm&&!r;return{fight:s,step:l?c=>Ql(e,c):null}}function Ql({table:e,state:{combat:t,turn:n}},o){let r=_r(t,n,o);r!==null&&(r.combat!==null&&e.sendCombatUpdate(r.combat),e.sendTurnChange(r.turn))}function bn({active:e,round:t}){return e?typeof t=="number"?`Combat, round ${t}`:"Combat is on":"Combat is over"}function gn({current_character_name:e}){return e===null?"Nobody’s turn":`${e}’s turn`}var Dr={name:"combat",state:{initial:{turn:null,combat:null},restore:({turn:e,combat:t})=>({turn:e,combat:t})},reducers:{turn_change:(e,{turn:t})=>({...e,turn:t}),combat_update:(e,{combat:t})=>({...e,combat:t})},lines:{turn_change:{as:"note",view:({turn:e})=>gn(e)},combat_update:{as:"note",view:({combat:e})=>bn(e)}},icons:{turn_change:"next",combat_update:"sword"},sentences:{turn_change:({turn:e})=>gn(e),combat_update:({combat:e})=>bn(e)},counts:{turn_change:null,combat_update:null},outgoing:{turn_change:({turn:e})=>e.current_character_name?`Turn: ${e.current_character_name}`:"Turn cleared",combat_update:({combat:e})=>e.active?"Combat, as you changed it":"The end of combat"},drafts:{turn_change:null,combat_update:null},sends:Er,repeats:Ar,use:Nr,views:{stage:Ir},panel:{label:"Combat",short:"Combat",icon:"sword",place:3,view:Cr},hints:{dm:["combat","Combat has its own tab: start it there and add the combatants."]},keys:{help:[[["N","Shift+N"],"Next and previous turn",!0]],actions:(e,{step:t})=>({n:t?()=>t(1):void 0,"Shift+N":t?()=>t(-1):void 0})}};var Zl={sessionId:null,campaignId:null,createdAt:null,inRoom:!1,me:null,players:[],reconnecting:[],log:[],before:null,ended:!1,seq:0,live:0,epoch:null,missed:null,errors:[],notes:0};function Lr(e){let{reducers:t,lines:n}=e,o=()=>({...Zl,...e.initial}),r=(c,f)=>{if(f.seq!==void 0&&f.seq<=c.seq)return c;let u=f.event==="room_joined"?i(c,f.data):s(c,f);return f.seq===void 0?u:{...u,seq:f.seq}},s=(c,f)=>{let u=t[f.event]?.(c,f.data,f)??c;return n[f.event]?ec(u,f):u},i=(c,f)=>f.snapshot===null?{...c,...Rr(f),missed:f.missed}:{...l(c,f,f.snapshot),...Rr(f)},l=(c,f,u)=>{let d=u.events,p=d[0]?.seq??f.seq+1;return{...o(),...e.restore(u),log:d.reduce(r,o()).log,before:p>1?p:null,ended:u.ended,seq:f.seq,errors:c.errors,notes:c.notes}};return{initial:o,apply:r}}function Rr({session_id:e,campaign_id:t,created_at:n,epoch:o,seq:r,player:s,players:i,reconnecting:l}){return{sessionId:e,campaignId:t,createdAt:n,epoch:o,live:r,inRoom:!0,me:s,players:i,reconnecting:l}}function ec(e,t){return t.seq!==void 0?Pr(e,{key:`seq-${t.seq}`,frame:t}):{...Pr(e,{key:`note-${e.notes}`,frame:t}),notes:e.notes+1}}function Pr(e,t){let n=[...e.log,t];if(n.length<=200)return{...e,log:n};let o=n.slice(-200);return{...e,log:o,before:o.find(({frame:r})=>r.seq)?.frame.seq??e.before}}function ht(e,t){let n=`seq-${t.seq}`;return e.some(o=>o.key===n)?e.map(o=>o.key===n?{key:n,frame:t}:o):e}var yn=H(null);function Fr(){let e=P(yn);if(e===null)return null;let{key:t,outcome:n,icon:o,words:r,name:s,secret:i,die:l}=e;return a`
    <div class="celebration" key=${t} data-outcome=${n} data-secret=${i||void 0} aria-hidden="true">
      <span class="celebration__die" data-die=${l.sides}>
        <svg class="celebration__rays" viewBox="0 0 64 64">
          ${tc[n].map(c=>a`<path d=${c} />`)}
        </svg>
        <${ye} sides=${l.sides} /><b>${String(l.value).replace("-","−")}</b>
      </span>
      <p><strong><${$} name=${o} />${r}</strong><span>${s}</span></p>
    </div>`}var tc={crit:["M32 9V2","M48.3 15.7l4.9-4.9","M55 32h7","M48.3 48.3l4.9 4.9","M32 55v7","M15.7 48.3l-4.9 4.9","M9 32H2","M15.7 15.7l-4.9-4.9"],fumble:["M18 52l-3 6h5z","M32 55l-2 7h5z","M45 51l2 6 3-5z"]};async function le({origin:e,token:t},n,o){let r=t===void 0?void 0:{Authorization:`Bearer ${t}`},s=await fetch(`${e}${n}`,{headers:r,signal:o});if(!s.ok)throw new Error(`The server answered ${s.status}.`);return s.json()}function qr(e,t,n){return le(e,`/api/sessions/${t}/fairness/?roll=${n}`)}var nc=2e3;async function jr(e,t,n){let o=AbortSignal.any([n,AbortSignal.timeout(nc)]);try{return oc(await le(e,`/api/dice/preview/?formula=${encodeURIComponent(t)}`,o))}catch{return null}}function oc({low:e,high:t,mean:n,bars:o,message:r,reason:s}){return r!==null?{words:r,refused:s!==null}:e===null||t===null||n===null||o===null?null:{min:e,max:t,mean:n,shape:o.map(({probability:i})=>i)}}function Hr(e){let{socket:t}=e;return{sendDiceRoll:n=>t.send("dice_roll",n),revealRoll:n=>t.send("roll_reveal",{seq:n}),sendFairnessRotate:()=>t.send("fairness_rotate",{}),sendSeedSet:n=>t.send("seed_set",{seed:n}),fetchProof:n=>qr(e.server,e.state.sessionId??0,n),fetchPreview:(n,o)=>jr(e.server,n,o),earlierRolls:n=>e.earlier(n,rc(e.subjects))}}function rc({listed:e}){return Object.keys(e).filter(t=>!e[t]?.reveals)}function Wr(e){let[t,n]=_(!1);return a`
    <button
      type="button" class="btn btn--sm btn--quiet push" onClick=${()=>n(!0)}
    ><${$} name="proof" size="sm" />Fair dice</button>
    ${t&&a`<${ic} ...${e} close=${()=>n(!1)} />`}`}var sc=["Before a roll, the server chooses a secret and commits to it, and every player’s browser adds a seed.","So nobody can choose the dice. When the secret is revealed, the proof of each roll shows it."].join(" ");function ic({fairness:e,players:t,luckUrl:n,close:o}){let r=L(o),s=P(Re);return a`
    <dialog class="dialog proof-sheet" ref=${r} aria-labelledby="fair-title">
      <${ae} id="fair-title" title="Fair dice" close=${()=>r.current?.close()} />
      <p>${sc}</p>
      ${e&&a`<${ac} fairness=${e} players=${t} />`}
      ${s?.setSeed&&a`<${lc} setSeed=${s.setSeed} />`}
      ${s?.rotate&&a`<${cc} rotate=${s.rotate} />`}
      <p><a class="btn btn--sm" href=${n}><${$} name="star" size="sm" />Luck, and the rolls to download</a></p>
    </dialog>`}function ac({fairness:{rotation:e,commitments:t,seeds:n},players:o}){let r=t.find(i=>i.rotation===e),s=n.map(({user_id:i})=>{let l=o.find(c=>c.user_id===i);return l?T(l):"somebody who has left"});return a`
    <dl class="proof-sheet__seeds">
      <div><dt>Commitment to secret ${e}</dt><dd><code>${r?.hash}</code></dd></div>
      <div><dt>Seeds in use from</dt><dd>${s.length>0?s.join(", "):"Nobody yet"}</dd></div>
    </dl>`}function lc({setSeed:e}){let[t,n]=_(!1),o=r=>{r.preventDefault(),e(String(new FormData(r.currentTarget).get("seed"))),n(!0)};return t?a`<p role="status">Your new seed counts from the next roll on.</p>`:a`
    <form class="proof-sheet__form" onSubmit=${o}>
      <label class="field">
        <span>Your own seed: type anything</span>
        <input class="input" name="seed" required maxlength="64" autocomplete="off" />
      </label>
      <button class="btn btn--sm">Change my seed</button>
    </form>`}function cc({rotate:e}){let[t,n]=_(!1),o=()=>{e(),n(!0)};return t?a`<p role="status">Asked for. You can check the rolls so far as soon as the secret is revealed.</p>`:a`<${lt} rotate=${o} />`}function Kr(e,t,n,o){let[r,s]=_("idle"),i=x(Ur(t));t!==null&&t>i.current.end+1&&(i.current=Ur(t));for(let{frame:d}of e)Br(i.current,d,o);let l=async()=>{let d=i.current;if(!(d.before===null||r==="loading")){s("loading");try{let{frames:p,next:m}=await n(d.before);for(let h of p)Br(d,h,o);d.before=m,s("idle")}catch{s("failed")}}},f=[...i.current.frames.entries()].sort(([d],[p])=>p-d).map(([d,p])=>({key:`seq-${d}`,frame:p}));return{rolls:Qo(f,o),before:i.current.before,state:r,load:l}}function Ur(e){return{frames:new Map,before:e,end:e??0}}function Br(e,t,{listed:n}){t.seq!==void 0&&(e.end=Math.max(e.end,t.seq),n[t.event]&&e.frames.set(t.seq,t))}function zr(e){return a`<${uc} key=${e.seat.state.epoch} ...${e} />`}function uc({seat:e,own:{tray:t}}){let{state:n,table:o,subjects:r,userId:s,place:i}=e,[l,c]=_(!1),f=Kr(n.log,n.before,o.earlierRolls,r),u=f.rolls.filter(({player:d})=>!l||d.user_id===s);return a`
    <div class="panel__scroll" tabindex="0">
      <div class="rolls-head">
        <label class="check"><input type="checkbox" checked=${l} onChange=${()=>c(!l)} />Only mine</label>
        <${Wr} fairness=${n.fairness} players=${n.players} luckUrl=${i.luckUrl} />
      </div>
      ${u.length===0&&f.before===null&&dc}
      <ol class="rolls">
        ${u.map(({key:d,view:p})=>a`<${fc} key=${d} view=${p} again=${t.setFormula} />`)}
      </ol>
      ${f.before!==null&&a`<${mc} state=${f.state} load=${f.load} />`}
    </div>`}function fc({view:e,again:t}){return e(t)}var dc=a`
  <div class="empty">
    <${$} name="d20" />
    <h3>No rolls yet</h3>
    <p>Add dice below and press Roll. Everybody sees the result.</p>
  </div>`;function mc({state:e,load:t}){let n=e==="loading";return a`
    <div class="row row--wrap">
      <button
        type="button" class="btn btn--sm" aria-disabled=${n} onClick=${t}
      >${n?"Loading…":"Earlier rolls"}</button>
      ${e==="failed"&&a`<${M}>Earlier rolls could not be loaded.<//>`}
    </div>`}var Gr=H(null);function Vr({seat:e,children:t}){let{subjects:n,owns:o}=e,r=n.list.reduceRight((s,{name:i,around:l})=>l?a`<${l} seat=${e} own=${o[i]}>${s}<//>`:s,t);return a`<${Gr.Provider} value=${e}>${r}<//>`}function R({name:e}){let t=P(Gr);return t.subjects.list.map(({name:n,views:o})=>{let r=o?.[e];return r&&a`<${r} key=${n} seat=${t} own=${t.owns[n]} />`})}var pc=new RegExp(String.raw`^\s*([+-]?)\s*(?:([1-9]\d{0,2})?\s*d\s*([1-9]\d{0,3}|%)`+String.raw`(?:\s*(kh|kl)(?:\s*1(?!\d)|(?!\s*[-\d])))?|(0|[1-9]\d{0,5})(?![\d.]))\s*`,"i"),hc=1e3,$c=1500;function z(e){let t=_c(e);if(/[^ \t\x21-\x7e]/.test(t))return null;let n={dice:[],constant:0};for(let o=!0;t.trim()!=="";o=!1){let r=pc.exec(t);if(r===null||!o&&r[1]==="")return null;let[s,i,l,c,f,u]=r,d=i==="-"?-1:1;u!==void 0?n.constant+=d*Number(u):n.dice.push(bc(d,l,c,f)),t=t.slice(s.length)}return n.dice.reduce((o,{count:r})=>o+r,0)<=hc?n:null}function _c(e){return e.replaceAll(/[\u2010-\u2014\u2212\ufe63\uff0d]/g,"-").replaceAll(/[\u00a0\u2007\u2009\u202f]/g," ")}function bc(e,t,n,o){let r=o?.toLowerCase()??null;return{sign:e,count:t?Number(t):1,sides:n==="%"?100:Number(n),keep:r}}function vn({dice:e,constant:t}){let n=e.map(({sign:o,count:r,sides:s,keep:i})=>`${o<0?"-":"+"} ${r}d${s}${i===null?"":`${i}1`}`);return t!==0&&n.push(`${t<0?"-":"+"} ${Math.abs(t)}`),n.join(" ").replace(/^\+ /,"").replace(/^- /,"-")}function Yr(e,t,n){let o=z(e);if(o===null)return n===1?`${e.trim()} + 1d${t}`:e;let r=o.dice.find(s=>s.sides===t&&s.sign===1);return r===void 0?n===1&&o.dice.push({sign:1,count:1,sides:t,keep:null}):r.count+=n,vn({...o,dice:o.dice.filter(({count:s})=>s>0)})}function Jr(e,t){let n=z(e);return n===null?e:vn({...n,constant:t})}function Xr(e,t){let n=z(e);if(n===null)return e;let o=n.dice.findIndex(({sides:l})=>l===20);if(o===-1&&t==="flat")return e;let r=n.dice[o]?.sign??1,s=t==="flat"?{sign:r,count:1,sides:20,keep:null}:{sign:r,count:2,sides:20,keep:t==="adv"?"kh":"kl"},i=o===-1?[s,...n.dice]:n.dice.map((l,c)=>c===o?s:l);return vn({...n,dice:i})}function Qr(e){let t=e?.dice.find(({sides:n})=>n===20)?.keep??null;return t===null?"flat":t==="kh"?"adv":"dis"}function Zr({dice:e,constant:t}){let n=e.map(gc),o=e.reduce((s,{count:i,sides:l,keep:c})=>s+(c===null?i:1)*l,0),r={min:t,max:t,mean:t};for(let{min:s,max:i,mean:l}of n)r.min+=s,r.max+=i,r.mean+=l;return{...r,shape:o>$c?[]:e.map(vc).reduce(es,[1])}}function gc({sign:e,count:t,sides:n,keep:o}){let r=o===null?t:1,s=o===null?t*(n+1)/2:yc(t,n,o),[i,l]=[r,r*n];return e<0?{min:-l,max:-i,mean:-s}:{min:i,max:l,mean:s}}function yc(e,t,n){let o=0;for(let r=1;r<t;r+=1)o+=(r/t)**e;return n==="kh"?t-o:1+o}function vc({sign:e,count:t,sides:n,keep:o}){let r=Array.from({length:n},()=>1/n),s=o===null?[1]:wc(t,n);if(o===null)for(let i=0;i<t;i+=1)s=es(s,r);return o==="kl"!=e<0?s.reverse():s}function wc(e,t){return Array.from({length:t},(n,o)=>((o+1)/t)**e-(o/t)**e)}function es(e,t){let n=new Array(e.length+t.length-1).fill(0);for(let[o,r]of e.entries())for(let[s,i]of t.entries())n[o+s]+=r*i;return n}var xc=[4,6,8,10,12,20,100],kc=500;function ts({formula:e,simple:t,setFormula:n}){return a`
    <div class="tray__dice" role="group" aria-label="Add a die" onKeyDown=${Tc}>
      ${xc.map(o=>{let r=t?.dice.find(i=>i.sides===o&&i.sign===1)?.count??0;return a`<${Sc} key=${o} sides=${o} count=${r} change=${i=>n(Yr(e,o,i))} />`})}
      <button
        type="button" class="die-btn tray__clear" onClick=${()=>n("")}
      ><${$} name="x" />Clear</button>
    </div>`}function Sc({sides:e,count:t,change:n}){let o=x(void 0),r=x(!1),s=()=>{r.current=!1,o.current=setTimeout(()=>{r.current=!0,n(-1)},kc)},i=()=>clearTimeout(o.current);return a`
    <button
      type="button" class="die-btn" data-count=${t||void 0} onClick=${f=>{r.current||n(f.shiftKey?-1:1),r.current=!1}} onKeyDown=${f=>{(f.key==="Backspace"||f.key==="Delete")&&n(-1)}}
      onPointerDown=${s} onPointerUp=${i} onPointerLeave=${i}
      onContextMenu=${f=>f.preventDefault()}
    >
      <${$} name=${`d${e}`} />d${e}
      ${t>0&&a`<span class="count">${t}<span class="visually-hidden"> chosen</span></span>`}
    </button>`}function Tc(e){let t={ArrowLeft:-1,ArrowRight:1}[e.key];if(t===void 0)return;let n=[...e.currentTarget.querySelectorAll("button")],o=n.indexOf(document.activeElement);n.at((o+t)%n.length)?.focus(),e.preventDefault()}var Oc=60,wn=24,Cc=30;function ns({shape:e}){if(e.length<2)return null;let t=Ec(e),n=Math.max(...t),o=Oc/t.length,r=Math.max(o*.75,1),s=t.map((i,l)=>{let c=Math.max(1,i/n*(wn-2));return`M${(l*o).toFixed(2)} ${wn}v${-c.toFixed(2)}h${r.toFixed(2)}V${wn}z`});return a`
    <svg class="spark" viewBox="0 0 60 24" preserveAspectRatio="none" aria-hidden="true">
      <path d=${s.join("")} />
    </svg>`}function Ec(e){let t=Math.ceil(e.length/Cc);return Array.from({length:Math.ceil(e.length/t)},(n,o)=>{let r=e.slice(o*t,(o+1)*t);return r.reduce((s,i)=>s+i,0)/r.length})}var Mc=250;function os(e,t){let[n,o]=_(null),r=z(e),s=r===null;return w(()=>{if(!s)return;let i=new AbortController,l=setTimeout(async()=>{let c=await t(e,i.signal);i.signal.aborted||o({formula:e,preview:c})},Mc);return()=>{clearTimeout(l),i.abort()}},[e,s,t]),r!==null?r.dice.length>0?Zr(r):null:n?.formula===e?n.preview:null}function rs({formula:e,setFormula:t,fetchPreview:n}){let o=os(e,n),r=o!==null&&"words"in o?o.words:void 0,s=o!==null&&"words"in o&&o.refused;return a`
    <label class="formula" data-invalid=${s?"":void 0}>
      <input type="text"
        aria-label="Formula" placeholder="1d20" maxlength="500" autocomplete="off" spellcheck=${!1}
        data-key="formula" aria-describedby="formula-odds" onKeyDown=${l=>{l.key!=="Escape"||he(l)||(e===""&&l.target.blur(),t(""))}}
        value=${e} onInput=${({target:l})=>t(l.value)}
      />
      <span class="formula__odds" id="formula-odds" title=${r}>${Ic(e,o)}</span>
      ${o!==null&&"shape"in o&&a`<${ns} shape=${o.shape} />`}
    </label>`}function Ic(e,t){if(t===null)return z(e)===null?" ":"Add dice, or type a formula";if("words"in t)return t.words;let n=o=>String(o).replace("-","−");return`${n(t.min)} to ${n(t.max)}, average ${n(Math.round(t.mean*10)/10)}`}function ss({value:e,change:t}){let n=({target:o})=>{let r=Number.parseInt(o.value.replace("−","-"),10);t(Number.isNaN(r)?0:Math.max(-999,Math.min(999,r)))};return a`
    <div class="stepper" role="group" aria-label="Modifier">
      <button
        type="button" aria-label="One less" onClick=${()=>t(e-1)}
      ><${$} name="minus" size="sm" /></button>
      <input
        type="text" value=${e>0?`+${e}`:`${e}`.replace("-","−")}
        inputmode="numeric" aria-label="Added to the dice" onChange=${n}
      />
      <button
        type="button" aria-label="One more" onClick=${()=>t(e+1)}
      ><${$} name="plus" size="sm" /></button>
    </div>`}var $t={faces:[],total:""};function xn(e){let t=e?.dice.flatMap(({count:n,sides:o})=>Array(Math.min(n,100)).fill(o))??[];return t.length===0||t.length>20?null:t}function be(e,t){if(e===void 0||!/^\d{1,4}$/.test(e.trim()))return null;let n=Number(e);return n===0?t===10||t===100?t:null:n<=t?n:null}function is(e,t){let n=be(e,t);return n!==null&&(n*10>t||e.length>=String(t).length)}function as(e,t,{faces:n,total:o}){let r=xn(t);if(t===null||r===null)return Ac(e,n,o);let s=r.flatMap((i,l)=>be(n[l],i)??[]);return s.length<r.length?null:{formula:e,rolls:s,modifier:t.constant,result:Nc(t,s)}}function Ac(e,t,n){let o=t.join(" ").split(/[\s,;]+/).filter(s=>s!=="").map(Number),r=Number(n.replace("−","-"));return o.length===0||!o.every(Number.isSafeInteger)||n.trim()===""||!Number.isFinite(r)?null:{formula:e,rolls:o,result:r}}function Nc({dice:e,constant:t},n){let o=0,r=t;for(let{sign:s,count:i,keep:l}of e){let c=n.slice(o,o+i);o+=i,r+=s*Dc(c,l)}return r}function Dc(e,t){return t===null?e.reduce((n,o)=>n+o,0):t==="kh"?Math.max(...e):Math.min(...e)}var Rc=20;function ls({formula:e,thrown:t,setThrown:n,missing:o}){let r=xn(e);return r===null?a`<${qc} thrown=${t} setThrown=${n} missing=${o} />`:a`<${Pc} dice=${r} thrown=${t} setThrown=${n} missing=${o} />`}function Pc({dice:e,thrown:t,setThrown:n,missing:o}){let{faces:r}=t,s=x(null),[i,l]=_(null),c=e.findIndex((y,b)=>be(r[b],y)===null),f=i!==null&&i<e.length?i:Math.max(c,0),u=e[f]??0,d=(y,b)=>n({...t,faces:e.map((v,g)=>g===y?b:r[g]??"")}),p=(y,b)=>{d(y,b),is(b,e[y]??0)&&s.current?.querySelectorAll("input")[y+1]?.focus()},m=y=>{d(f,String(y));let b=e.findIndex((v,g)=>g!==f&&be(r[g],v)===null);l(b===-1?f:b)},h=e.find((y,b)=>cs(r[b],y));return a`
    <div class="thrown" role="group" aria-label="What the dice showed" ref=${s}>
      ${e.map((y,b)=>{let v=e.length===1?`The d${y} showed`:`Die ${b+1}, a d${y}, showed`;return a`
          <${Lc}
            key=${b} sides=${y} name=${v} face=${r[b]??""} current=${b===f}
            type=${g=>p(b,g)} touch=${()=>l(b)}
          />`})}
    </div>
    ${u<=Rc&&a`<${Fc} sides=${u} chosen=${be(r[f],u)} tap=${m} />`}
    ${h!==void 0&&a`<${M}>${`A d${h} shows 1 to ${h}.`}<//>`}
    ${h===void 0&&o&&a`<${M}>Enter what each die showed.<//>`}`}function cs(e="",t){return e!==""&&be(e,t)===null}function Lc({sides:e,name:t,face:n,current:o,type:r,touch:s}){return a`
    <span class="thrown__die" data-die=${e} data-current=${o?"":void 0}>
      <${ye} sides=${e} />
      <input
        type="text" value=${n} placeholder=${`d${e}`} inputmode="numeric" autocomplete="off" maxlength="4"
        aria-label=${t} aria-invalid=${cs(n,e)?"true":void 0}
        onInput=${({target:i})=>r(i.value.trim())} onFocus=${s}
      />
    </span>`}function Fc({sides:e,chosen:t,tap:n}){return a`
    <div class="faces" role="group" aria-label=${`Faces of the d${e}`}>
      ${Array.from({length:e},(o,r)=>r+1).map(o=>a`
          <button
            key=${o} type="button" class="face" tabindex="-1" aria-pressed=${o===t}
            onClick=${()=>n(o)}
          >${o}</button>`)}
    </div>`}function qc({thrown:e,setThrown:t,missing:n}){let o=({target:i})=>t({...e,faces:i.value.split(" ")}),r=({target:i})=>t({...e,total:i.value}),s=e.faces.join(" ");return a`
    <div class="thrown thrown--list">
      <label class="field"><span class="label">Faces, in the order rolled</span>
        <input
          type="text" class="input" value=${s} inputmode="text" autocomplete="off" placeholder="6 6 2 4"
          onInput=${o}
        />
      </label>
      <label class="field"><span class="label">Total</span>
        <input
          type="text" class="input" value=${e.total} inputmode="numeric" autocomplete="off" maxlength="14"
          onInput=${r}
        />
      </label>
    </div>
    ${n&&a`<${M}>Enter the faces as numbers with spaces between them, and the total.<//>`}`}var jc=[["public","Everybody"],["dm","You and the DM"],["blind","The DM only (blind)"],["self","Only you"]];function kn(e,t){return t&&e==="blind"?"dm":e}function _t({visibility:e,byHand:t,choose:n}){let o=jc.filter(([r])=>kn(r,t)===r);return a`
    <label class="tray__seen" data-secret=${e!=="public"||void 0}>
      <${$} name=${e==="public"?"eye":"eye-off"} size="sm" />Seen by
      <span class="select select--bare">
        <select onChange=${({target:r})=>n(r.value)}>
          ${o.map(([r,s])=>a`<option key=${r} value=${r} selected=${r===e}>${s}</option>`)}
        </select>
        <${$} name="down" size="sm" />
      </span>
    </label>`}var Hc="1d20";function us({table:e,place:t,lookAtEnd:n},o){let{formula:r,thrown:s,setThrown:i}=o,[l,c]=_(!1),f=t.reports!==void 0,u=f&&o.byHand,d=kn(o.visibility,u),p=r.trim()===""?Hc:r,m=z(p),h=u?as(p,m,s):null,y=u&&h===null;return{mayReport:f,byHand:u,visibility:d,meant:m,report:h,missing:l&&y,roll:()=>{if(c(y),y)return;let b=h??{formula:p};e.sendDiceRoll(d==="public"?b:{...b,visibility:d}),n(!0),i($t)},show:b=>{c(!1),i(b)},toggle:()=>{c(!1),o.setByHand(!o.byHand)}}}var Wc=[["dis","Dis"],["flat","Flat"],["adv","Adv"]];function fs({seat:e,own:{tray:t}}){let{formula:n,setFormula:o}=t,{byHand:r,missing:s,meant:i,report:l,visibility:c,show:f,...u}=us(e,t),d=z(n),p=Qr(d),m=v=>o(Xr(n,v)),h=v=>o(Jr(n,v));return a`
    <form class="tray" aria-label="Dice tray" onSubmit=${v=>{v.preventDefault(),u.roll()}} onKeyDown=${v=>{let g=Uc(v);g!==null&&(m(p===g?"flat":g),v.preventDefault())}}>
      <${ts} formula=${n} simple=${d} setFormula=${o} />
      <div class="tray__mods">
        <${ss} value=${d?.constant??0} change=${h} />
        <${Bc} edge=${p} choose=${m} />
        <button
          type="button" class="btn btn--quiet tray__empty" onClick=${()=>o("")} disabled=${n===""}
        >Clear</button>
        ${u.mayReport&&a`<${Kc} byHand=${r} toggle=${u.toggle} />`}
      </div>
      ${r&&a`<${ls} formula=${i} thrown=${t.thrown} setThrown=${f} missing=${s} />`}
      <div class="tray__roll">
        <${rs} formula=${n} setFormula=${o} fetchPreview=${e.table.fetchPreview} />
        <button type="submit" class="btn btn--primary">
          <${$} name=${r?"hand":"d20"} />${r?zc(l):"Roll"}
        </button>
      </div>
      <div class="tray__foot">
        <${_t} visibility=${c} byHand=${r} choose=${t.setVisibility} />
        <${R} name="tray" />
      </div>
    </form>`}function Uc({target:e,key:t,ctrlKey:n,altKey:o}){return e.matches("input:not([type=radio])")||n||o?null:t==="a"?"adv":t==="d"?"dis":null}function Bc({edge:e,choose:t}){return a`
    <fieldset class="segmented">
      <legend class="visually-hidden">Advantage</legend>
      ${Wc.map(([n,o])=>a`
          <label key=${n}>
            <input type="radio" name="edge" checked=${e===n} onChange=${()=>t(n)} />${o}
          </label>`)}
    </fieldset>`}function Kc({byHand:e,toggle:t}){return a`
    <button
      type="button" class="btn btn--quiet btn--icon tray__hand" title="Enter real dice"
      aria-label="Enter real dice" aria-pressed=${e} onClick=${t}
    ><${$} name="hand" /></button>`}function zc(e){return e===null?"Report":`Report ${e.result}`.replace("-","−")}function ds(){let e=crypto.getRandomValues(new Uint8Array(16));return Array.from(e,t=>t.toString(16).padStart(2,"0")).join("")}function ms({inRoom:e,ended:t,me:n,fairness:o}){return!e||t||n===null||n.role==="spectator"||o===void 0?null:o===null?"open":(o.seeds.find(({user_id:s})=>s===n.user_id)?.seq??0)>Sn(o)?null:"seed"}var Sn=({commitments:e})=>Math.max(0,...e.map(({seq:t})=>t));function Gc(e,{rotation:t,commitments:n},o){let s=[...e?.commitments??[],...n.map(l=>({...l,seq:o}))].filter(l=>l.rotation>=t),i=s[0]?.seq??0;return{rotation:t,commitments:s,seeds:(e?.seeds??[]).filter(l=>l.seq>i)}}function Fe(e,t,{seq:n=0}){return{...e,fairness:Gc(e.fairness,t,n)}}function ps(e,t){if(!e)return e;let o=[...e.seeds.filter(({user_id:r})=>r!==t.user_id),t].sort((r,s)=>r.user_id-s.user_id);return{...e,seeds:o}}function hs({socket:e}){let t="",n="";return{changed:o=>{let{fairness:r,epoch:s}=o,i=ms(o),l=`${s} ${r?Sn(r):0}`;i===null||t===l||(t=l,i==="open"?n=e.send("fairness_rotate",{}):e.send("seed_set",{seed:ds()}))},expects:({command:o})=>o.id===n}}var Tn=H(null);function bt({roll:e,seq:t,mine:n}){let o=P(Tn);return o===null||q(e)===""||!(n||o.isDm)?null:a`
    <button
      type="button" class="btn btn--quiet btn--sm" title="Show this roll to everybody, for good"
      onClick=${()=>o.reveal(t)}
    >
      <${$} name="eye" size="sm" />Reveal
    </button>`}function $s({player:e,roll:t},{mine:n,seq:o}){let r=a`<${_e} rolls=${[t]} seq=${o} />`;return a`
    <${dn} roll=${t} player=${e} mark=${r}>
      <${bt} roll=${t} seq=${o} mine=${n} />
    <//>`}function _s({player:e,roller:t,roll:n,seq:o}){let r=a`<${_e} rolls=${[n]} seq=${o} />`;return a`
    <p class="action"><${$} name="eye" /><span>${pe(e,t)}</span></p>
    <${dn} roll=${n} player=${t} mark=${r} />`}function On(e,t){return{player:e,view:n=>a`<${Vc} player=${e} roll=${t} again=${n} />`}}function Vc({player:e,roll:t,again:n}){let o=`Put ${t.formula} into the tray`;return a`
    <li>
      <${re} player=${e} size="sm" />
      <span class="rolls__what"><b>${T(e)}</b><small>${t.formula}</small></span>
      ${"result"in t&&a`<${Yc} roll=${t} />`}
      <b class="rolls__total">${"result"in t?W(t.result):a`<${Cn} />`}</b>
      <button
        type="button" class="btn btn--quiet btn--sm btn--icon" aria-label=${o}
        onClick=${()=>n(t.formula)}
      ><${$} name="retry" size="sm" /></button>
    </li>`}function Cn(){return a`<span title="Only the DM sees the result">?</span>`}function En({words:e}){return e===""?null:a`<${bs} icon="eye-off" words=${e} />`}function Yc({roll:e}){let t=ee(e);return a`
    <span class="rolls__marks" data-outcome=${t?.outcome}>
      ${t&&a`<${mn} critical=${t} />`}
      ${e.source==="reported"&&a`<${bs} icon="hand" words="Rolled by hand" />`}
      <${En} words=${q(e)} />
    </span>`}function bs({icon:e,words:t}){return a`
    <span class="badge" title=${t}>
      <${$} name=${e} size="sm" /><span class="visually-hidden">${t}</span>
    </span>`}var Jc={roll:"public",r:"public",gmroll:"dm",blindroll:"blind",selfroll:"self"},gs=Object.fromEntries(Object.entries(Jc).map(([e,t])=>[e,(n,{table:o})=>{if(/[\r\n]/.test(n))return"Not rolled: a formula stands on one line. Put each command on one of its own.";o.sendDiceRoll({formula:n||"1d20",visibility:t})}]));function ys({key:e,frame:t},n,{told:o}){let r=o[t.event]?.(t.data);if(!(r===void 0||n!==null&&r.knew?.(n)))for(let s of r.rolls){let i="result"in s?ee(s):void 0;if(i!==void 0&&"result"in s)return{...i,key:e,name:T(r.roller),secret:q(s)!==""}}}var Xc=2400,Qc={crit:[587,880],fumble:[196,147]};function vs(e,t){let[n,o]=_(null),r=x(null),s=x(0);return w(()=>{let i=Math.max(s.current,e.live);if(s.current=e.seq,document.visibilityState!=="visible")return;let l=e.log.filter(({frame:u})=>(u.seq??0)>i),[c,...f]=l.flatMap(u=>ys(u,e.me,t)??[]);c!==void 0&&(n===null&&o(c),r.current=f.at(-1)??(n===null?null:c))},[e.log]),w(()=>{if(n===null)return;ke(...Qc[n.outcome]);let i=setTimeout(()=>{o(r.current),r.current=null},Xc);return()=>clearTimeout(i)},[n]),n}var gt=H(null);function ws(){let[e,t]=_(""),[n,o]=_($t),[r,s]=_("public"),[i,l]=Pe("by hand");return{formula:e,setFormula:t,visibility:r,setVisibility:s,thrown:n,setThrown:o,byHand:i!=="",setByHand:c=>l(c?"on":"")}}function xs({formula:e,visibility:t="public",rolls:n,result:o},{tray:r},s){r.setFormula(e),r.setVisibility(t),r.setByHand(n!==void 0),n!==void 0&&r.setThrown({faces:n.map(String),total:String(o)}),s.phone&&s.show("dice")}function ks({table:e,state:t,subjects:n,mayPlay:o,isDm:r}){let{fetchProof:s,sendFairnessRotate:i,sendSeedSet:l,revealRoll:c}=e,f=ws(),u=vs(t,n),[d,p]=_(null),m=N(()=>({fetchProof:s,rotate:o?i:null,setSeed:o?l:null,doubt:p}),[s,o]),h=t.me!==null&&o,y=N(()=>h?{reveal:c,isDm:r}:null,[h,r,c]);return{tray:f,celebration:u,doubted:d,doubt:p,proofs:m,revealing:y}}function Ss({own:e,children:t}){let{tray:n,celebration:o,proofs:r,revealing:s}=e;return a`
    <${gt.Provider} value=${n}><${Re.Provider} value=${r}><${Tn.Provider} value=${s}>
      <${yn.Provider} value=${o}><${un.Provider} value=${o?.key??null}>
        ${t}
      <//><//>
    <//><//><//>`}var yt={fairness_commit:null,fairness_rotate:null,seed_set:null},Ts={name:"dice",state:{initial:{fairness:void 0},restore:({fairness:e})=>({fairness:e})},reducers:{dice_roll:null,roll_revealed:(e,{seq:t,roll:n,roller:o,rolled_at:r})=>({...e,log:ht(e.log,{event:"dice_roll",data:{player:o,roll:n,timestamp:r},seq:t})}),fairness_commit:(e,{fairness:t},n)=>Fe(e,t,n),fairness_rotate:(e,{fairness:t},n)=>Fe(e,t,n),seed_set:(e,{player:t,seed:n},{seq:o=0})=>({...e,fairness:ps(e.fairness,{user_id:t.user_id,seed:n,seq:o})})},lines:{dice_roll:{as:"speech",view:$s},roll_revealed:{as:"speech",view:_s},...yt},icons:{dice_roll:null,roll_revealed:null,...yt},sentences:{dice_roll:Oo,roll_revealed:Co,...yt},counts:{dice_roll:!0,roll_revealed:!0,...yt},surprises:["dice_roll"],listed:{dice_roll:{row:({player:e,roll:t})=>On(e,t)},roll_revealed:{row:({roller:e,roll:t,seq:n})=>({...On(e,t),of:n}),reveals:!0}},told:{dice_roll:({player:e,roll:t})=>({roller:e,rolls:[t]}),roll_revealed:({roller:e,roll:t})=>({roller:e,rolls:[t],knew:n=>eu(n,e,t)})},outgoing:{dice_roll:({formula:e,result:t})=>t===void 0?e:`${e}: ${t}, rolled by hand`,roll_reveal:()=>"A hidden roll, revealed",fairness_rotate:null,seed_set:null},drafts:{dice_roll:xs,roll_reveal:null,fairness_rotate:null,seed_set:null},sends:Hr,attend:hs,use:ks,around:Ss,views:{over:Fr,roll:fs,sheets:er},panel:{label:"Dice log",short:"Dice",icon:"d20",place:2,view:zr},menu:({place:e})=>[{icon:"star",label:"Luck",about:"campaign",href:e.luckUrl}],slash:gs,hints:{player:["tray","Click a die to add it; Shift+click or a long press takes one away. Press ? for all keys."]},keys:{help:[[["R"],"Go to the dice formula; Enter rolls"],[["←","→"],"Move along the dice, the tabs, the initiative order"],[["Backspace"],"On a die: take one away (Shift+click does too)"],[["A","D"],"In the dice tray: advantage, disadvantage; again for neither"]],actions:e=>({r:()=>Zc(e)})}};function Zc({phone:e,show:t}){e&&t("dice"),setTimeout(()=>K("[data-key=formula]"))}function eu(e,t,{visibility:n}){return e.user_id===t.user_id?n!=="blind"||e.is_dm:e.is_dm&&n!=="self"}var vt=["1","2","3","4","5","6","7","8","9","0"];var Os=/\?\{([^{}|\r\n]+)(?:\|([^{}\r\n]*))?\}/g;function Cs(e){return e.split(/\r\n?|\n/).filter(t=>t.trim()!=="")}function wt(e){let t=new Map;for(let[,n="",o=""]of e.matchAll(Os)){let r=n.trim();if(r===""||t.has(r))continue;let s=o.split("|").map(l=>l.trim()),i=s.length>1?s.map(tu):[];t.set(r,{label:r,initial:i[0]?.[1]??s[0]??"",choices:i})}return[...t.values()]}function tu(e){let t=e.indexOf(",");return t===-1?[e,e]:[e.slice(0,t).trim(),e.slice(t+1).trim()]}function Es(e,t){return e.replace(Os,(n,o)=>t.get(o.trim())??n)}function Ms(e,t,n){let o=(r,s)=>{let i=t.find(l=>l.character_id===r)?.slots[s];return e.find(l=>l.id===i)};return vt.map(r=>{let s=n===null?void 0:o(n,r);return s?{key:r,macro:s,characterId:n}:{key:r,macro:o(null,r),characterId:null}})}function Is(e,t){let n={[t.key]:e.macro?.id??null,[e.key]:t.macro?.id??null};return{characterId:t.macro===void 0?e.characterId:e.characterId??t.characterId,slots:n}}function qe(e,t){return e!==null?[e]:t===null?[null]:[null,t]}function xt(e,t,n){for(let o of n){let r=t.find(({character_id:i})=>i===o),s=vt.find(i=>r?.slots[i]===e);if(s!==void 0)return{characterId:o,key:s}}}function kt(e,t,n){if(t?.key===n?.key&&t?.characterId===n?.characterId)return[];let o=t&&{characterId:t.characterId,slots:{[t.key]:null}},r=n&&{characterId:n.characterId,slots:{[n.key]:e}};return o&&r&&o.characterId===r.characterId?[{characterId:r.characterId,slots:{...o.slots,...r.slots}}]:[r,o].filter(s=>s!==void 0)}function As({seat:e,own:t}){let{known:n,failed:o,slots:r,reload:s,open:i}=t,l=()=>i({form:!1}),c=()=>i({form:!0,macro:null,key:"1"});return e.mayPlay?!n&&o?a`<${Mn} words="Your macros could not be loaded." does="Try again" act=${s} />`:n?t.macros.length===0?a`<${Mn} words="Save a roll you use often as a macro." does="Create a macro" act=${c} />`:r.every(({macro:f})=>f===void 0)?a`<${Mn} words="Put a macro on a key, 1 to 0." does="Macros" act=${l} />`:a`<${nu} macros=${t} phone=${e.phone} edit=${l} />`:a`<div class="hotbar" aria-hidden="true"></div>`:null}function Mn({words:e,does:t,act:n}){return a`
    <div class="hotbar hotbar--bare">
      <p>${e}</p>
      <button type="button" class="btn btn--sm" onClick=${n}>${t}</button>
    </div>`}function nu({macros:e,phone:t,edit:n}){let{slots:o,run:r,open:s}=e,i=x(null),[l,c]=_(0),[f,u]=_(""),d=h=>{u(""),e.lay([h]).catch(({message:y})=>u(y))},p=ru(o,d);return a`
    <div class="hotbar" role="toolbar" aria-label="Hotbar" ref=${i} onKeyDown=${h=>{let y=i.current?.querySelectorAll("button"),b={ArrowLeft:l-1,ArrowRight:l+1,Home:0,End:o.length}[h.key],v=o[l];if(b!==void 0)y?.[(b+o.length+1)%(o.length+1)]?.focus();else if((h.key==="Delete"||h.key==="Backspace")&&v?.macro)d({characterId:v.characterId,slots:{[v.key]:null}});else return;h.preventDefault()}}>
      ${o.map((h,y)=>a`
          <${ou}
            key=${h.key} slot=${h} stop=${l===y} focus=${()=>c(y)} run=${r} open=${s}
            dragging=${p(y,h.macro!==void 0&&!t)}
          />`)}
      <button
        type="button" class="btn btn--quiet btn--icon" aria-label="Macros" title="Macros"
        tabindex=${l===o.length?0:-1} onFocus=${()=>c(o.length)} onClick=${n}
      ><${$} name="pencil" /></button>
      ${f!==""&&a`<${M}>${f}<//>`}
    </div>`}function ou({slot:{key:e,macro:t},stop:n,dragging:o,focus:r,run:s,open:i}){let l=()=>i(t?{form:!1}:{form:!0,macro:null,key:e}),c=u=>{u.preventDefault(),l()},f=t?a`<span class="slot__name">${t.name}</span>`:a`<span class="visually-hidden">empty</span>`;return a`
    <button
      type="button" class="slot" data-empty=${t?void 0:""} title=${t?.text} tabindex=${n?0:-1}
      onFocus=${r} onClick=${t?()=>s(t):l} onContextMenu=${c} ...${o}
    ><kbd>${e}</kbd>${f}</button>`}function ru(e,t){let n=x(null);return(o,r)=>({draggable:r,onDragStart:s=>{n.current=o,s.dataTransfer?.setData("text/plain",e[o]?.macro?.text??"")},onDragOver:s=>{n.current!==null&&s.preventDefault()},onDrop:s=>{let[i,l]=[e[n.current??o],e[o]];s.preventDefault(),i&&l&&i!==l&&t(Is(i,l))},onDragEnd:()=>{n.current=null}})}function St({label:e,macros:t,characters:n,where:o,place:r,choose:s}){let i=({target:u})=>{let[d,p]=u.value.split(" ");s(p===void 0?void 0:{characterId:d==="all"?null:Number(d),key:p})},l=u=>{let d=t.bars.find(p=>p.character_id===u)?.slots??{};return vt.map(p=>{let m=r?.key===p&&r.characterId===u,h=m?void 0:t.macros.find(b=>b.id===d[p]),y=h?`${p} (${h.name})`:p;return a`<option key=${p} value=${`${u??"all"} ${p}`} selected=${m}>${y}</option>`})},c=u=>u===null?"All your characters":n.find(d=>d.id===u)?.name??"",f=o.map(u=>a`<optgroup key=${u} label=${c(u)}>${l(u)}</optgroup>`);return a`
    <span class="select key-choice">
      <select aria-label=${e} onChange=${i}>
        <option value="" selected=${r===void 0}>No key</option>
        ${o.length===1&&o[0]===null?l(null):f}
      </select>
      <${$} name="down" size="sm" />
    </span>`}function Ns(e){let{macros:t,characters:n,isDm:o,macro:r,leave:s}=e,i=x(null),{fields:l,own:c,place:f,setPlace:u,tieTo:d,busy:p,problem:m,save:h,remove:y}=iu(e),{name:b,text:v,shared:g,tied:k}=l;return V(()=>i.current?.focus(),[]),a`
    <form class="macro-form" onSubmit=${h}>
      <h2 id="macros-title">${r===null?"New macro":"Edit macro"}</h2>
      <label class="field"><span class="label">Name</span>
        <input
          type="text" class="input" ref=${i} required maxlength="40" autocomplete="off" placeholder="Longsword"
          value=${b.value} onInput=${({target:S})=>b.set(S.value)}
        />
      </label>
      <${lu} text=${v.value} setText=${v.set} />
      <div class="macro-form__where">
        ${c&&n.length>0&&a`<${uu} characters=${n} tied=${k.value} change=${d} />`}
        <div class="field"><span class="label">Key</span>
          <${St}
            label="Key" macros=${t} characters=${n} place=${f} choose=${u}
            where=${qe(k.value,t.characterId)}
          />
        </div>
      </div>
      ${o&&a`<${cu} shared=${g.value} setShared=${g.set} />`}
      ${m!==""&&a`<${M}>${m}<//>`}
      <div class="row">
        ${r!==null&&a`<${fu} busy=${p} act=${y} />`}
        <button type="button" class="btn push" onClick=${s}>Cancel</button>
        <button type="submit" class="btn btn--primary" disabled=${p}>Save</button>
      </div>
    </form>`}function iu({macros:e,characters:t,me:n,isDm:o,macro:r,asked:s,leave:i}){let l=r===null||r.owner_id===n,c=l?t.find(({id:k})=>k===r?.character_id):void 0,f={name:Tt(r?.name??""),text:Tt(r?.text??""),shared:Tt(r?.shared??!1),tied:Tt(c?.id??null)},u=r?xt(r.id,e.bars,qe(c?.id??null,e.characterId)):void 0,[d,p]=_(u??du(e.slots,r,s)),{busy:m,problem:h,doing:y}=au(i);return{fields:f,own:l,place:d,setPlace:p,tieTo:({target:k})=>{let S=k.value===""?null:Number(k.value);f.tied.set(S),p(d&&{characterId:S,key:d.key})},busy:m,problem:h,save:k=>{k.preventDefault();let{name:S,text:I,shared:F,tied:ge}=f,X=o&&{shared:F.value},Ke=l&&{character_id:ge.value};y(async()=>{let G=await e.save(r?.id??null,{name:S.value,text:I.value,...X,...Ke});await e.lay(kt(G.id,u,d))})},remove:()=>r&&y(()=>e.remove(r.id))}}function Tt(e){let[t,n]=_(e);return{value:t,set:n}}function au(e){let[t,n]=_(""),[o,r]=_(!1);return{busy:o,problem:t,doing:async i=>{n(""),r(!0),await i().then(e,({message:l})=>n(l)),r(!1)}}}function lu({text:e,setText:t}){return a`
    <label class="field"><span class="label">What it sends</span>
      <textarea
        class="input" rows="3" required maxlength="2000" spellcheck=${!1} placeholder="/roll 1d20+5 # Longsword"
        aria-describedby="macro-hint"
        value=${e} onInput=${({target:n})=>t(n.value)}
      ></textarea>
    </label>
    <p class="field__hint" id="macro-hint">
      As you would type it in the chat, at most ${5} lines. <code>?{Bonus|0}</code> asks you first,${" "}
      <code>?{Edge|Flat,1d20|Advantage,2d20kh1}</code> lets you choose.
    </p>`}function cu({shared:e,setShared:t}){return a`
    <label class="check">
      <input type="checkbox" checked=${e} onChange=${()=>t(!e)} />
      Everybody in the campaign may use it
    </label>`}function uu({characters:e,tied:t,change:n}){return a`
    <label class="field"><span class="label">For</span>
      <span class="select">
        <select aria-label="For" onChange=${n}>
          <option value="" selected=${t===null}>All your characters</option>
          ${e.map(({id:o,name:r})=>a`<option key=${o} value=${o} selected=${o===t}>${r}</option>`)}
        </select>
        <${$} name="down" size="sm" />
      </span>
    </label>`}function fu({busy:e,act:t}){let[n,o]=_(!1);return a`
    <button
      type="button" class="btn btn--danger" disabled=${e} onClick=${n?t:()=>o(!0)}
    >${n?"Delete for good":"Delete"}</button>`}function du(e,t,n){let o=n??e.find(r=>r.macro===void 0)?.key;return t===null&&o!==void 0?{characterId:null,key:o}:void 0}function Ds({macro:e,answer:t}){let n=x(null),o=L(()=>t(n.current));V(()=>{let i=o.current?.querySelector("input, select");i instanceof HTMLInputElement&&i.select()},[]);let r=wt(e.text);return a`
    <dialog class="dialog" ref=${o} aria-labelledby="asks-title">
      <form class="macro-form" onSubmit=${i=>{i.preventDefault();let l=new FormData(i.currentTarget);n.current=new Map(r.map(({label:c},f)=>[c,String(l.get(`answer${f}`))])),o.current?.close()}}>
        <h2 id="asks-title">${e.name}</h2>
        ${r.map((i,l)=>a`
            <label key=${i.label} class="field"><span class="label">${i.label}</span>
              <${mu} question=${i} name=${`answer${l}`} />
            </label>`)}
        <div class="row">
          <button type="button" class="btn push" onClick=${()=>o.current?.close()}>Cancel</button>
          <button type="submit" class="btn btn--primary">Run</button>
        </div>
      </form>
    </dialog>`}function mu({question:{label:e,initial:t,choices:n},name:o}){return n.length===0?a`
      <input
        type="text" class="input" name=${o} defaultValue=${t}
        maxlength="200" autocomplete="off" spellcheck=${!1}
      />`:a`
    <span class="select">
      <select aria-label=${e} name=${o}>
        ${n.map(([r,s])=>a`<option value=${s}>${r}</option>`)}
      </select>
      <${$} name="down" size="sm" />
    </span>`}function Rs({seat:{characters:e,userId:t,isDm:n},own:o}){let{sheet:r,asking:s,answer:i}=o;return a`
    ${r&&a`<${pu} sheet=${r} ...${{macros:o,characters:e,me:t,isDm:n}} />`}
    ${s&&a`<${Ds} macro=${s} answer=${i} />`}`}function pu({sheet:e,...t}){let{open:n}=t.macros,[o]=_(e.form);w(t.macros.reload,[]);let r=L(()=>{n(null),document.activeElement===document.body&&K(".hotbar button:not([tabindex='-1'])")}),s=()=>r.current?.close(),i=o?s:()=>n({form:!1});return a`
    <dialog class="dialog macros" ref=${r} aria-labelledby="macros-title">
      ${e.form?a`<${Ns} ...${t} macro=${e.macro} asked=${e.key} leave=${i} />`:a`<${hu} ...${t} close=${s} />`}
    </dialog>`}function hu({close:e,...t}){let{macros:n,open:o}=t.macros,r=x(null);return V(()=>r.current?.focus(),[]),a`
    <div class="row">
      <h2 id="macros-title">Macros</h2>
      <button
        type="button" class="btn btn--primary push" ref=${r} onClick=${()=>o({form:!0,macro:null,key:void 0})}
      ><${$} name="plus" />New macro</button>
      <button type="button" class="btn" onClick=${e}>Close</button>
    </div>
    ${n.length===0?a`<${$u} />`:a`
          <ul class="list macros__list">
            ${n.map(i=>a`<${_u} key=${i.id} ...${t} macro=${i} />`)}
          </ul>`}`}function $u(){return a`
    <div class="empty">
      <${$} name="keyboard" />
      <h3>No macros yet</h3>
      <p>Save what you roll or say often, put it on a key from 1 to 0, and press that key.</p>
    </div>`}function _u({macros:e,characters:t,me:n,isDm:o,macro:r}){let[s,i]=_(""),l=r.owner_id===n,c=l?t.find(({id:m})=>m===r.character_id):void 0,f=qe(c?.id??null,e.characterId),u=xt(r.id,e.bars,f),d=m=>{i(""),e.lay(kt(r.id,u,m)).catch(({message:h})=>i(h))},p=()=>e.open({form:!0,macro:r,key:void 0});return a`
    <li>
      <div class="list__main">
        <b>${r.name}</b>${" "}
        ${c&&a`<span class="badge">${c.name}</span>`}
        ${r.shared&&a`<span class="badge">${l?"Shared":"Shared with you"}</span>`}
        <p class="macros__text">${r.text}</p>
        ${s!==""&&a`<${M}>${s}<//>`}
      </div>
      <${St}
        label=${`Key for ${r.name}`} macros=${e} characters=${t}
        where=${f} place=${u} choose=${d}
      />
      ${(l||o)&&a`<${bu} name=${r.name} act=${p} />`}
    </li>`}function bu({name:e,act:t}){return a`
    <button
      type="button" class="btn btn--quiet btn--icon" aria-label=${`Edit ${e}`} onClick=${t}
    ><${$} name="pencil" /></button>`}var Ps="The server can’t be reached. Nothing was changed. Try again.";function Ls(e){return je(e,"GET",e.macrosUrl)}function Fs(e,t,n){return t===null?je(e,"POST",e.macrosUrl,n):je(e,"PATCH",`${e.macrosUrl}${t}/`,n)}function qs(e,t){return je(e,"DELETE",`${e.macrosUrl}${t}/`)}function js(e,{characterId:t,slots:n}){return je(e,"PATCH",e.hotbarUrl,{character_id:t,slots:n})}async function je({csrf:e},t,n,o){let r=await fetch(n,{method:t,headers:{"Content-Type":"application/json","X-CSRFToken":e},body:o&&JSON.stringify(o)}).catch(()=>{throw new Error(Ps)});if(r.status===204)return null;let s=await r.json().catch(()=>null);if(!r.ok)throw new Error(gu(s)??Ps);return s}function gu(e){if(!(typeof e!="object"||e===null))return Object.entries(e).map(([t,n])=>t==="detail"?String(n):`${yu(t)}: ${[n].flat().join(" ")}`).join(" ")}function yu(e){return e.charAt(0).toUpperCase()+e.slice(1).replace("_id","")}function Ws(e,t){let[n,o]=_(null),[r,s]=_(!1),i=fo(()=>{e!==null&&Ls(e).then(({results:f,bars:u})=>o({macros:f,bars:u}),()=>s(!0))},[e]),l=De();return w(()=>{l&&t&&i()},[l,t,i]),{kept:n,failed:r,reload:i,...vu(e,f=>o(u=>u&&f(u)))}}function vu(e,t){let n=()=>{if(e===null)throw new Error("Nobody keeps macros here.");return e};return{save:async(o,r)=>{let s=await Fs(n(),o,r);return t(i=>({...i,macros:wu([...Hs(i.macros,s.id),s])})),s},remove:async o=>{await qs(n(),o),t(r=>({...r,macros:Hs(r.macros,o)}))},lay:async o=>{for(let r of o){let{bars:s}=await js(n(),r);t(i=>({...i,bars:s}))}}}}function Hs(e,t){return e.filter(({id:n})=>n!==t)}function wu(e){return e.sort((t,n)=>t.name.localeCompare(n.name)||t.id-n.id)}function Us({place:e,mayPlay:t,characterId:n,speak:o}){let{macrosUrl:r,hotbarUrl:s,csrf:i}=e,l=N(()=>xu(r,s,i),[r,s,i]),{kept:c,...f}=Ws(l,t),[u,d]=_(null),[p,m]=_(null),{macros:h=[],bars:y=[]}=c??{},b=Ms(h,y,n),v=I=>{for(let F of Cs(I))o(F)},g=I=>wt(I.text).length>0?d(I):v(I.text),k=I=>{u!==null&&I!==null&&v(Es(u.text,I)),d(null)},S=t?b.map(({key:I,macro:F})=>[I,F&&(()=>g(F))]):[];return{...f,known:c!==null,macros:h,bars:y,slots:b,characterId:n,run:g,keys:Object.fromEntries(S),asking:u,answer:k,sheet:p,open:m}}function xu(e,t,n){return e&&t&&n?{macrosUrl:e,hotbarUrl:t,csrf:n}:null}var Bs={...Ze,name:"macros",use:Us,views:{bar:As,sheets:Rs},keys:{help:[[["1","…","0"],"Run a macro; on the hotbar, ← → moves along it and Delete takes one off"]],actions:(e,{keys:t})=>t}};async function Ks(e,t){return(await le(e,`/api/sessions/${t}/tables/`)).results}function zs({with_replacement:e,rows:t,left:n,players_may_draw:o}){let r=o===!1?", DMs only":"";return t===null?e?"":"A deck":t===0?`No rows yet${r}`:`${e?`${t} ${t===1?"row":"rows"}`:`A deck, ${n} of ${t} left`}${r}`}function Gs(e){let{socket:t}=e;return{drawFromTable:n=>t.send("table_draw",n),resetTable:n=>t.send("table_reset",{table_id:n}),fetchTables:()=>Ks(e.server,e.state.sessionId??0)}}var ku=8;function Vs({seat:e}){let[t,n]=_(!1);return a`
    <button
      type="button" class="btn btn--sm btn--quiet push tray__tables" aria-haspopup="dialog"
      onClick=${()=>n(!0)}
    ><${$} name="table" size="sm" />Roll tables</button>
    ${t&&a`<${Su} seat=${e} close=${()=>n(!1)} />`}`}function Su({seat:e,close:t}){let{isDm:n,place:o}=e,r=L(t),{tables:s,fetchThem:i}=Tu(e),l=()=>r.current?.close(),c=n&&o.campaignUrl?`${o.campaignUrl}tables/`:null,f=Array.isArray(s);return a`
    <dialog class="dialog tables-sheet" ref=${r} aria-labelledby="tables-title">
      <${ae} id="tables-title" title="Roll tables" close=${l} />
      ${s===null&&a`<p role="status">Loading…</p>`}
      ${s==="failed"&&a`<${Eu} again=${i} />`}
      ${f&&s.length===0&&a`<${Nu} isDm=${n} address=${c} />`}
      ${f&&s.length>0&&a`<${Ou} seat=${e} tables=${s} shut=${l} />`}
      ${f&&s.length>0&&c&&a`<${Mu} address=${c} />`}
    </dialog>`}function Tu({table:e}){let[t,n]=_(null),o=()=>{e.fetchTables().then(n,()=>n("failed"))};return w(o,[]),{tables:t,fetchThem:o}}function Ou({seat:{table:e,isDm:t,lookAtEnd:n},tables:o,shut:r}){let{visibility:s,setVisibility:i}=P(gt),[l,c]=_(""),f=p=>{e.drawFromTable(s==="public"?{table_id:p}:{table_id:p,visibility:s}),n(!0),r()},u=p=>{e.resetTable(p),r()},d=o.filter(({name:p})=>p.toLowerCase().includes(l.trim().toLowerCase()));return a`
    ${o.length>ku&&a`<${Cu} sought=${l} seek=${c} />`}
    <ul class="tables-sheet__list">
      ${d.map(p=>a`<${Du} key=${p.id} table=${p} draw=${f} reset=${t?u:null} />`)}
    </ul>
    ${d.length===0&&a`<p class="quiet">No table with that name.</p>`}
    <${_t} visibility=${s} byHand=${!1} choose=${i} />`}function Cu({sought:e,seek:t}){return a`
    <label class="field"><span class="visually-hidden">Search the tables</span>
      <input
        type="search" class="input" placeholder="Search the tables"
        value=${e} onInput=${({target:n})=>t(n.value)}
      />
    </label>`}function Eu({again:e}){return a`
    <${M}>
      The tables could not be loaded.${" "}<button type="button" class="btn btn--sm" onClick=${e}>Try again</button>
    <//>`}function Mu({address:e}){return a`
    <p><a class="btn btn--sm" href=${e}><${$} name="pencil" size="sm" />Edit the tables</a></p>`}var Iu="Rumours, treasures, a deck of cards: create a table on the campaign’s page, and draw from it here.",Au="The tables that you may draw from will appear here.";function Nu({isDm:e,address:t}){return a`
    <div class="empty">
      <${$} name="table" />
      <h3>No roll tables yet</h3>
      <p>${e?Iu:Au}</p>
      ${t&&a`<a class="btn btn--primary" href=${t}>Create a table</a>`}
    </div>`}function Du({table:e,draw:t,reset:n}){let o=zs(e),r=e.left===0,s=!e.with_replacement&&e.rows!==e.left;return a`
    <li>
      <span class="tables-sheet__what"><b>${e.name}</b>${o&&a`<small>${o}</small>`}</span>
      ${n&&s&&a`<${Ru} name=${e.name} act=${()=>n(e.id)} />`}
      <button
        type="button" class="btn" disabled=${r} onClick=${()=>t(e.id)}
      >Draw<span class="visually-hidden"> from ${e.name}</span></button>
    </li>`}function Ru({name:e,act:t}){return a`
    <button type="button" class="btn btn--quiet" onClick=${t}>
      Reset<span class="visually-hidden"> ${e}</span>
    </button>`}function Ot({table:e,rows:t}){return{formula:`${e.name}: ${t.map(({of:n})=>`1d${n}`).join(", ")}`,result:t.map(({number:n})=>n).join(", ")}}function In({draw:e,player:t,seq:n,children:o}){if(!("rows"in e))return a`<${Lu} name=${e.table.name} />`;let{rows:r,ended_at:s}=e,[i,...l]=r,c=a`<${_e} rolls=${[{...e,...Ot(e)}]} seq=${n} />`;return a`
    <article class="roll draw" data-secret=${q(e)!==""||void 0}>
      <p class="roll__title">
        <${$} name="table" size="sm" /><b>${e.table.name}</b>${" "}
        <span class="draw__number">${i&&a`<${Ys} row=${i} />`} ${c}</span>
      </p>
      ${i&&a`<${Js} row=${i} />`}
      ${l.length>0&&a`<${Pu} rows=${l} />`}
      ${s&&a`<p class="draw__end">Nothing is left in ${s}.</p>`}
      <${pn} roll=${e} player=${t}>${o}<//>
    </article>`}function Pu({rows:e}){return a`
    <ol class="draw__trail">
      ${e.map(t=>a`
          <li>
            <p class="draw__from"><b>${t.table}</b> <span class="draw__number"><${Ys} row=${t} /></span></p>
            <${Js} row=${t} />
          </li>`)}
    </ol>`}function Ys({row:{number:e,of:t}}){return a`${e} of ${t}`}function Js({row:{text:e,rolls:t}}){let n=se({message:e,rolls:t});if(n.length===0)return null;let o=n.map(r=>typeof r=="string"?r:a`<${ut} roll=${r} />`);return a`<p class="draw__text">${o}</p>`}function Lu({name:e}){return a`
    <article class="roll draw" data-secret>
      <p class="roll__title"><${$} name="table" size="sm" /><b>${e}</b></p>
      <p class="draw__end">You drew blind. Only the DM sees the result.</p>
    </article>`}function Xs({player:e,draw:t},{mine:n,seq:o}){return a`
    <${In} draw=${t} player=${e} seq=${o}>
      <${bt} roll=${t} seq=${o} mine=${n} />
    <//>`}function Qs({player:e,roller:t,draw:n,seq:o}){return a`
    <p class="action"><${$} name="eye" /><span>${pe(e,t)}</span></p>
    <${In} draw=${n} player=${t} seq=${o} />`}function An(e,t){return{player:e,view:()=>a`<${Fu} player=${e} draw=${t} />`}}function Fu({player:e,draw:t}){let n="rows"in t?{...Ot(t),rolls:t.rows.flatMap(({rolls:r=[]})=>r)}:{formula:t.table.name,result:null,rolls:[]},o=n.rolls.map(({formula:r,result:s})=>`${r} = ${W(s)}`).join(", ");return a`
    <li>
      <${re} player=${e} size="sm" />
      <span class="rolls__what">
        <b>${T(e)}</b><small>${n.formula}</small>${o&&a`<small>${o}</small>`}
      </span>
      <span class="rolls__marks"><${En} words=${q(t)} /></span>
      <b class="rolls__total">${n.result??a`<${Cn} />`}</b>
    </li>`}function Zs({player:e,draw:t}){return`${T(e)} draws from ${t.table.name}${ti(t)}`}function ei({player:e,roller:t,draw:n}){return`${pe(e,t)}: ${n.table.name}${ti(n)}`}function ti(e){return"rows"in e?`: ${e.rows.map(({text:n,rolls:o})=>se({message:n,rolls:o}).map(r=>typeof r=="string"?r:`${r.formula}: ${r.result}`).join("")).join(", ")}${e.ended_at?`; nothing is left in ${e.ended_at}`:""}`:" blind"}var ni={name:"roll-tables",reducers:{table_draw:null,draw_revealed:(e,{seq:t,draw:n,roller:o,rolled_at:r})=>({...e,log:ht(e.log,{event:"table_draw",data:{player:o,draw:n,timestamp:r},seq:t})}),table_reset:null},lines:{table_draw:{as:"speech",view:Xs},draw_revealed:{as:"speech",view:Qs},table_reset:{as:"note",view:({table:e})=>`${e.name} was reset`}},icons:{table_draw:null,draw_revealed:null,table_reset:"retry"},sentences:{table_draw:Zs,draw_revealed:ei,table_reset:({player:e,table:t})=>`${T(e)} resets ${t.name}`},counts:{table_draw:!0,draw_revealed:!0,table_reset:null},surprises:["table_draw"],listed:{table_draw:{row:({player:e,draw:t})=>An(e,t)},draw_revealed:{row:({roller:e,draw:t,seq:n})=>({...An(e,t),of:n}),reveals:!0}},outgoing:{table_draw:()=>"A draw from a roll table",table_reset:()=>"A deck, reset"},drafts:{table_draw:null,table_reset:null},sends:Gs,views:{tray:Vs}};async function oi(e,t){let n=await fetch(e,{method:"POST",headers:{"X-CSRFToken":t}}).catch(()=>{throw new Error("The server can’t be reached. The session goes on. Try again.")});if(!(n.ok&&e.startsWith(new URL(n.url).pathname)))throw new Error("The server refused. You may be signed out, or no longer a DM of this campaign.")}var qu="Nobody can chat or roll in it afterwards, but all of it can be read. You can reopen it on the campaign’s page.";function ri(){let[e,t]=_(!1);return{asked:e,ask:()=>t(!0),close:()=>t(!1)}}function si({seat:{place:e},own:{asked:t,close:n}}){let{endUrl:o,csrf:r}=e;return t&&o&&r&&a`<${ju} url=${o} csrf=${r} close=${n} />`}function ju({url:e,csrf:t,close:n}){let o=L(n),[r,s]=_(""),[i,l]=_(!1);return a`
    <dialog class="dialog" ref=${o} aria-labelledby="end-title" aria-describedby="end-words">
      <form class="stack" onSubmit=${async f=>{f.preventDefault(),s(""),l(!0),await oi(e,t).then(()=>o.current?.close(),({message:u})=>s(u)),l(!1)}}>
        <h2 id="end-title">End the session?</h2>
        <p id="end-words">${qu}</p>
        ${r!==""&&a`<${M}>${r}<//>`}
        <div class="row">
          <button type="button" class="btn push" onClick=${()=>o.current?.close()}>Keep playing</button>
          <button type="submit" class="btn btn--danger" disabled=${i}>End the session</button>
        </div>
      </form>
    </dialog>`}var ai={name:"sessions",reducers:{session_status:(e,{ended:t,fairness:n},o)=>({...n?Fe(e,n,o):e,ended:t})},lines:{session_status:{as:"note",view:ii}},icons:{session_status:({ended:e})=>e?"lock":"enter"},sentences:{session_status:ii},counts:{session_status:null},outgoing:{},drafts:{},use:ri,views:{sheets:si},menu:({isDm:e,state:t},{ask:n})=>e&&!t.ended?[{icon:"lock",label:"End the session",about:"leaving",act:n}]:[]};function ii({ended:e}){return e?"The session has ended":"The session is open again"}var Hu=20,He={room_joined:null,room_left:null,player_list:null,player_joined:null,player_left:null,player_state:null,error:null,skip:null,ack:null,pong:null,reconnect:null},fi={name:"room",reducers:{...He,room_left:e=>({...e,inRoom:!1,players:[],reconnecting:[]}),player_list:(e,{players:t,reconnecting:n})=>({...e,players:t,reconnecting:n}),player_joined:(e,{player:t})=>({...e,players:[...ui(e.players,t),t]}),player_left:(e,{player:t})=>({...e,players:ui(e.players,t),reconnecting:e.reconnecting.filter(n=>n!==t.user_id)}),player_state:(e,{user_id:t,state:n})=>{let o=e.reconnecting.filter(r=>r!==t);return{...e,reconnecting:n==="reconnecting"?[...o,t]:o}},error:(e,t)=>({...e,errors:[...e.errors,t].slice(-Hu)})},lines:{...He,player_joined:{as:"note",view:li},player_left:{as:"note",view:ci}},icons:{...He,player_joined:"enter",player_left:"door"},sentences:{...He,player_joined:li,player_left:ci},counts:He,outgoing:{join_room:null,leave_room:null,ping:null},drafts:{join_room:null,leave_room:null,ping:null}};function li({player:e}){return`${A(e)} joined`}function ci({player:e}){return`${A(e)} left`}function ui(e,t){return e.filter(({user_id:n})=>n!==t.user_id)}var D=po([fi,hr,Dr,ko,Ts,ni,Bs,ai]);D.lines;D.outgoing;function Ct(e,t){let[n,o]=_(!1);return w(()=>{if(o(!1),!e)return;let r=setTimeout(()=>o(!0),t);return()=>clearTimeout(r)},[e,t]),e&&n}var di=1500,Wu=6e3;function mi({phase:e,retryAt:t},n){let o=Ct(e==="waiting"||e==="connecting",di),r=Ct(e==="idle",di),s=Ct(e==="open",Wu),[i,l]=_(!1);w(()=>{e==="open"&&l(!0)},[e]);let c=Uu(o);if(e==="stopped"||r)return{state:"lost",words:"Not connected",seconds:null};if(o){let f=e==="waiting"?Math.max(0,Math.ceil(((t??0)-c)/1e3)):null;return{state:"reconnecting",words:i?"Reconnecting":"Connecting",seconds:f}}return e==="open"&&!s&&n!==null&&n>0?{state:"caught-up",words:`Caught up: ${n} ${n===1?"event":"events"}`,seconds:null}:{state:"connected",words:i?"Connected":"",seconds:null}}function Uu(e){let[t,n]=_(Date.now());return w(()=>{if(!e)return;n(Date.now());let o=setInterval(()=>n(Date.now()),1e3);return()=>clearInterval(o)},[e]),t}function pi(e){switch(e){case 4001:return{title:"You are signed out",text:"Sign in again to go on where you left off.",way:"sign-in"};case 4003:return{title:"You are no longer at this table",text:"Your membership in this campaign has ended. Its DM can invite you again.",way:"lobby"};case 4004:return{title:"You can’t join this table",text:"The session was deleted, or you are not a member of its campaign. Ask its DM for an invitation.",way:"lobby"};case 1009:case 4009:return{title:"Your message was too large",text:"The server closed the connection. Reconnect, and send it in parts.",way:"again"};default:return{title:"The server closed the connection",text:"Reconnect. If it happens again, tell the person who runs the server.",way:"again"}}}function hi({event:e,data:t},{sentences:n}){return n[e]?.(t)??""}var $i=5,Bu=8e3;function Ku(e,t,n){let{surprises:o}=n,s=e.filter(({frame:i})=>o.has(i.event)||ie(i)?.user_id!==t).map(({frame:i})=>hi(i,n)).filter(i=>i!=="");return s.length>$i?[`${s.length} new lines`]:s}function _i(e,t,n){let[o,r]=_([]),s=x({log:[],joined:!1}),i=x(0);return w(()=>{let{log:l,joined:c}=s.current;if(s.current={log:e.log,joined:e.sessionId!==null},!c)return;let f=new Set(l.map(({key:h})=>h)),u=ot(e.log,null,n).flatMap(h=>h.kind==="line"?h.line:[]),d=Ku(u.filter(({key:h})=>!f.has(h)),t,n);if(d.length===0)return;let p=d.map(h=>({id:i.current++,words:h}));r(h=>[...h,...p].slice(-$i));let m=new Set(p.map(({id:h})=>h));setTimeout(()=>r(h=>h.filter(({id:y})=>!m.has(y))),Bu)},[e.log]),o}function bi({code:e,place:{signInUrl:t,lobbyUrl:n},connect:o}){let{title:r,text:s,way:i}=pi(e),l=i==="lobby"?"btn btn--primary":"btn btn--quiet";return a`
    <main class="closed">
      <div class="empty" role="alert">
        <${$} name="door" />
        <h2>${r}</h2>
        <p>${s}</p>
        ${i==="sign-in"&&a`<a class="btn btn--primary" href=${t}>Sign in</a>`}
        ${i==="again"&&a`<button type="button" class="btn btn--primary" onClick=${o}>Reconnect</button>`}
        ${i!=="sign-in"&&a`<a class=${l} href=${n}>Your campaigns</a>`}
      </div>
    </main>`}function gi({tabs:e,shown:t,show:n}){return a`
    <div class="tabs" role="tablist" aria-label="Panels" onKeyDown=${r=>{let s=e.findIndex(([c])=>c===t),i={ArrowLeft:s-1,ArrowRight:s+1,Home:0,End:e.length-1}[r.key],l=i===void 0?void 0:e.at(i%e.length);l!==void 0&&(r.preventDefault(),n(l[0]),document.getElementById(`tab-${l[0]}`)?.focus())}}>
      ${e.map(([r,s,i])=>a`
          <button
            key=${r} type="button" class="tab" role="tab" id=${`tab-${r}`} aria-controls=${`panel-${r}`}
            aria-selected=${r===t} tabindex=${r===t?0:-1} onClick=${()=>n(r)}
          >${s}${i!==""&&a` <${Nn} count=${i} />`}</button>`)}
    </div>`}function Nn({count:e}){return a`<span class="count">${e}<span class="visually-hidden"> new</span></span>`}function Dn({name:e,label:t,shown:n,tabbed:o,children:r}){let s=x(!1);return s.current||=n,a`
    <section
      class="panel" role=${o?"tabpanel":void 0} id=${`panel-${e}`} aria-label=${t} hidden=${!n}
    >${s.current&&r}</section>`}var U=D.list.flatMap(({name:e,panel:t})=>t?{name:e,...t}:[]),B=U[0]?.name??"";var zu=[...U.toSorted((e,t)=>e.place-t.place),{name:"more",icon:"more",short:"More"}];function yi({panel:e,show:t,unread:n}){let o=e==="stage"?"more":e;return a`
    <nav class="dock" aria-label="Table">
      ${zu.map(({name:r,icon:s,short:i})=>a`
          <button
            key=${r} type="button" aria-current=${r===o?"page":void 0}
            onClick=${()=>t(r)}
          >
            <${$} name=${s} />${i}
            ${r===B&&n!==""&&a`<${Nn} count=${n} />`}
          </button>`)}
    </nav>`}var vi=D.list.flatMap(({keys:e})=>e?.help??[]),Gu=[...vi.filter(([,,e])=>!e),[["Alt+1","…",`Alt+${U.length}`],U.map(({label:e})=>e).join(", ")],...vi.filter(([,,e])=>e),[["F6"],"Next region: stage, panel, composer, players"],[["?"],"This list"]];function wi({close:e,isDm:t,letters:n}){let o=L(e),r=Gu.filter(([,,s])=>t||!s);return a`
    <dialog class="dialog keys" ref=${o} aria-labelledby="keys-title">
      <${ae} id="keys-title" title="Keys" close=${()=>o.current?.close()} />
      <dl>
        ${r.map(([s,i])=>a`
            <div key=${i}><dt>${s.map(l=>a`<kbd>${l}</kbd> `)}</dt><dd>${i}</dd></div>`)}
      </dl>
      <label class="check">
        <input type="checkbox" checked=${n.act} onChange=${()=>n.set(!n.act)} />${Vu}
      </label>
    </dialog>`}var Vu="Keys with a single letter or digit, while you are not typing";function xi(e,[t,n],o){let{subjects:r,owns:s,place:i}=e,l=r.list.flatMap(({name:f,menu:u})=>u?.(e,s[f])??[]);return{page:[{icon:"keyboard",label:"Keys",key:"?",act:o},{icon:t?"sun":"moon",label:t?"Light theme":"Dark theme",act:n}],campaign:[{icon:"people",label:"Campaign page",href:i.campaignUrl},...l.filter(({about:f})=>f==="campaign")],leaving:[...l.filter(({about:f})=>f==="leaving"),{icon:"door",label:"Leave the table",href:i.lobbyUrl}]}}function Et({players:e,reconnecting:t,me:n}){return a`
    <h2 class="rail__title">At the table <span class="num">${e.length}</span></h2>
    <ul aria-label="At the table">
      ${Rn(e).map(o=>{let r=t.includes(o.user_id),s=o.user_id===n;return a`<${Yu} key=${o.user_id} player=${o} mine=${s} isCut=${r} />`})}
    </ul>`}function Rn(e){let t={dm:0,player:1,spectator:2};return e.toSorted((n,o)=>t[n.role]-t[o.role]||A(n).localeCompare(A(o)))}function Yu({player:e,mine:t,isCut:n}){let{character_name:o,role:r}=e,s=A(e);return a`
    <li class="entry" title=${o===null?s:`${s}, ${o}`}>
      <${me} player=${e} size="sm" reconnecting=${n} />
      <span class="entry__text">
        <b>${s}</b>
        <small>
          ${r==="dm"&&a`<span class="badge" data-role="dm"><${$} name="lantern" size="sm" />DM</span> `}
          ${r==="spectator"&&a`<span class="badge"><${$} name="eye" size="sm" />Spectator</span> `}
          ${o}${t&&a`<span class="quiet"> (you)</span>`}
          ${n&&a`<span class="quiet"> reconnecting</span>`}
        </small>
      </span>
    </li>`}function ki({seat:{role:e,subjects:t}}){let[n,o]=_(()=>(Y("hints")??"").split(" ")),s=t.list.flatMap(f=>[f.hints?.[e]].filter(u=>u!==void 0)).find(([f])=>!n.includes(f));if(s===void 0)return null;let[i,l]=s;return a`
    <p class="hint">
      <${$} name="info" size="sm" /><span>${l}</span>
      <button type="button" class="btn btn--sm btn--quiet" onClick=${f=>{nt(f);let u=[...n,i];o(u),J("hints",u.join(" ").trim())}}>Got it</button>
    </p>`}function Si({seat:{state:e,userId:t,show:n},menu:{page:o,campaign:r,leaving:s}}){let l=[{icon:"scene",label:"Scene",act:()=>n("stage")},...o.toReversed(),...r,...s];return a`
    <div class="panel__scroll" tabindex="0">
      <ul class="list list--tight">
        ${l.map(c=>a`<li key=${c.label}><${Ju} ...${c} /></li>`)}
      </ul>
      <section class="section" data-region="players" tabindex="-1">
        <${Et} players=${e.players} reconnecting=${e.reconnecting} me=${t} />
      </section>
    </div>`}function Ju({icon:e,label:t,href:n,act:o}){let r=a`<${$} name=${e} /><b>${t}</b>`;return o===void 0?a`<a class="entry" href=${n}>${r}</a>`:a`<button type="button" class="entry" onClick=${o}>${r}</button>`}function Ti({seat:{state:e,role:t,isDm:n,phone:o,place:r}}){return e.ended?a`<${Xu} campaignUrl=${n?r.campaignUrl:void 0} />`:t==="spectator"?a`<${Oi} icon="eye">You’re watching. Spectators can’t chat or roll.<//>`:a`
    <section class="composer" data-region="composer" aria-label="Write and roll">
      <${R} name="say" />
      ${o&&a`<${R} name="bar" />`}
      <${R} name="roll" />
    </section>`}function Xu({campaignUrl:e}){let t=e&&a` <a href=${e}>Reopen it on the campaign’s page.</a>`;return a`
    <${Oi} icon="lock">
      <span>This session has ended. You can read it, but it takes no more messages.${t}</span>
    <//>`}function Oi({icon:e,children:t}){return a`
    <p class="composer aside" data-region="composer" tabindex="-1"><${$} name=${e} />${t}</p>`}function Ci({seat:e,menu:t}){let{panel:n,show:o,phone:r,unread:s,state:i,owns:l}=e,c=r||U.some(({name:d})=>d===n)?n:B,f=s>0?$e(s):"",u=U.map(({name:d,label:p})=>[d,p,d===B?f:""]);return a`
    <section class="side" data-region="panel" aria-label="Chat and tools">
      ${!r&&a`<${gi} tabs=${u} shown=${c} show=${o} />`}
      ${U.map(({name:d,label:p,view:m})=>a`
          <${Dn} key=${d} name=${d} label=${p} shown=${c===d} tabbed=${!r}>
            <${m} seat=${e} own=${l[d]} />
          <//>`)}
      ${r&&a`<${Dn} name="more" label="More" shown=${c==="more"} tabbed=${!1}>
          <${Si} seat=${e} menu=${t} />
        <//>`}
      ${c===B&&!i.ended&&a`<${ki} seat=${e} />`}
      <${Ti} seat=${e} />
    </section>`}var Qu=globalThis.document?.querySelector("[data-scene]")??null,Zu=Qu?.dataset.scene??"";function Ei({seat:e,connection:t}){return a`
    <section class="stage" data-region="stage" aria-label="Stage">
      <h2 class="visually-hidden">Stage</h2>
      <${R} name="stage" />
      ${e.state.ended&&a`<${ef} />`}
      <section class="scene" aria-label="Scene" tabindex="0">
        <svg class="plate" aria-hidden="true" focusable="false"><use href=${`${Zu}#scene`} /></svg>
        <${R} name="scene" />
      </section>
      <${tf} seat=${e} connection=${t} />
      <${R} name="narration" />
      ${!e.phone&&a`<${R} name="over" /><${R} name="bar" />`}
    </section>`}function ef(){return a`
    <section class="turn" aria-label="Turn">
      <div class="turn__who">
        <h2>The session has ended</h2>
        <p>You can still read everything that was said and rolled.</p>
      </div>
    </section>`}function tf({seat:{table:e},connection:{state:t,words:n,seconds:o}}){if(t!=="reconnecting"&&t!=="lost")return null;let r=e.pending.length,s=()=>{e.disconnect(),e.connect()},i=o?a`Not connected. Retrying in <span class="num">${o}</span> s.`:`${n}.`,l=a`
    <button type="button" class="btn btn--sm" onClick=${s}>${t==="lost"?"Connect":"Try now"}</button>`;return a`
    <div class="notice">
      <${$} name="retry" />
      <div>
        <strong>${i}</strong>
        <p>${nf(r)}</p>
      </div>
      ${o!==0&&l}
    </div>`}function nf(e){return e===0?"Keep writing: your messages are sent in order once you are back.":e===1?"Keep writing: 1 message is waiting and is sent once you are back.":`Keep writing: ${e} messages are waiting and are sent in order once you are back.`}var of=new Set(["forbidden","not_found","invalid","conflict"]);function Ai({refused:e,errors:t,inChat:n,toChat:o}){let[r,s]=_(void 0),[i,l]=_(void 0),c=e.at(-1),f=n||c===i?void 0:c,u=t.findLast(({id:m,code:h})=>m===void 0&&of.has(h)),d=Mi(()=>l(f)),p=Mi(()=>s(u));return a`
    <div class="toasts">
      ${f&&a`<${Ii} title="Not sent" text=${f.message} does="Show" act=${o} close=${d} />`}
      ${u!==void 0&&u!==r&&a`<${Ii} title="The server refused" text=${u.message} does="Dismiss" act=${p} />`}
    </div>`}var Mi=e=>t=>{nt(t),e()};function Ii({title:e,text:t,does:n,act:o,close:r}){return a`
    <div class="toast" role="alert" data-kind="error">
      <${$} name="warn" />
      <div><strong>${e}</strong><p>${t}</p></div>
      <button type="button" class="btn btn--sm" onClick=${o}>${n}</button>
      ${r&&a`<${rf} act=${r} />`}
    </div>`}function rf({act:e}){return a`
    <button
      type="button" class="btn btn--sm btn--icon btn--quiet" aria-label="Dismiss" onClick=${e}
    ><${$} name="x" size="sm" /></button>`}function Ni({name:e,label:t,groups:n}){let[o,r]=_(!1),s=x(null),i=()=>[...s.current?.querySelectorAll("[role=menuitem]")??[]],l=()=>{r(!1),s.current?.querySelector("button")?.focus()};return w(()=>{if(!o)return;i()[0]?.focus();let u=({target:d})=>{s.current?.contains(d)||r(!1)};return document.addEventListener("pointerdown",u),()=>document.removeEventListener("pointerdown",u)},[o]),a`
    <div class="menu-place" ref=${s} onKeyDown=${u=>{if(!o)return;let d=i(),p=d.indexOf(document.activeElement),m={ArrowDown:p+1,ArrowUp:p-1,Home:0,End:d.length-1}[u.key];if(u.key==="Escape")l();else{if(u.key==="Tab")return r(!1);if(m!==void 0)d.at(m%d.length)?.focus();else return}u.preventDefault(),u.stopPropagation()}}>
      <button
        type="button" class="btn btn--quiet btn--icon" aria-label=${e} aria-haspopup="menu" aria-expanded=${o}
        onClick=${()=>r(!o)}
      >
        <${$} name="more" />
      </button>
      ${o&&a`<${sf} label=${t} groups=${n} choose=${u=>()=>{l(),u()}} />`}
    </div>`}function sf({label:e,groups:t,choose:n}){return a`
    <div class="menu" role="menu" aria-label=${e}>
      ${t.map((o,r)=>a`
        ${r>0&&a`<hr />`}
        ${o.map(s=>a`<${af} key=${s.label} item=${s} choose=${n} />`)}
      `)}
    </div>`}function af({item:{icon:e,label:t,key:n,href:o,act:r},choose:s}){return r===void 0?a`<a role="menuitem" tabindex="-1" href=${o}><${$} name=${e} />${t}</a>`:a`
    <button type="button" role="menuitem" tabindex="-1" onClick=${s(r)}>
      <${$} name=${e} />${t}${n&&a` <kbd class="push">${n}</kbd>`}
    </button>`}var lf={connected:"on","caught-up":"tick",reconnecting:"retry",lost:"warn"},Pn=6;function Di({seat:{place:e,state:t},connection:n,theme:[o,r],menu:s}){let{page:i,campaign:l,leaving:c}=s;return a`
    <header class="bar">
      <a class="brand" href=${e.lobbyUrl} aria-label="RollScape, your campaigns"><${$} name="logo" /></a>
      <div class="where"><a href=${e.campaignUrl}>${e.campaign}</a><h1>${e.session}</h1></div>
      ${t.ended&&a`<span class="badge"><${$} name="lock" size="sm" />Ended</span>`}
      <${ff} connection=${n} />
      <${cf} players=${t.players} reconnecting=${t.reconnecting} />
      <div class="row bar__tools">
        <button
          type="button" class="btn btn--quiet btn--icon" data-theme-toggle
          aria-label=${o?"Switch to light theme":"Switch to dark theme"} onClick=${r}
        >
          <${$} name=${o?"sun":"moon"} />
        </button>
        <${Ni} name="Session menu" label="Session" groups=${[i,l,c]} />
      </div>
    </header>`}function cf({players:e,reconnecting:t}){return a`
    <ul class="seats" aria-label="Who is here">
      ${Rn(e).slice(0,Pn).map(n=>{let o=t.includes(n.user_id);return a`<${uf} key=${n.user_id} player=${n} isCut=${o} />`})}
      ${e.length>Pn&&a`<li class="quiet">and ${e.length-Pn} more</li>`}
    </ul>`}function uf({player:e,isCut:t}){let n=A(e),o=t?`${n}, reconnecting`:n;return a`
    <li title=${o}>
      <${me} player=${e} size="sm" reconnecting=${t} /><span class="visually-hidden">${n}</span>
    </li>`}function ff({connection:{state:e,words:t}}){return a`
    <p class="link-state push" role="status" data-state=${e}>
      ${t!==""&&a`<${$} name=${lf[e]} />${t}`}
    </p>`}function Ln(){let e=crypto.getRandomValues(new Uint8Array(16));return Array.from(e,t=>t.toString(16).padStart(2,"0")).join("")}var Mt=class{#e;#t;#r;#n=new Map;constructor(t,n,o){this.#e=t,this.#t=n,this.#r=o;for(let r of this.#c())this.#n.set(r.id,r);this.#n.size>0&&this.#a()}get commands(){return[...this.#n.values()]}get next(){return this.commands.find(t=>t.state!=="acked")}add(t,n){let o={id:Ln(),event:t,data:n,state:"queued",crashes:0};return this.#n.set(o.id,o),this.#s(),o}sent(t){this.#o(t,{state:"sent"})}requeue(t){this.#o(t,{state:"queued"})}crashed(t){let n=(this.#n.get(t)?.crashes??0)+1;return this.#o(t,{crashes:n}),n}acked(t,n,o){n===void 0||n<=o?this.take(t):this.#o(t,{state:"acked",seq:n})}arrived(t){for(let n of this.commands)n.state==="acked"&&(n.seq??0)<=t&&this.take(n.id)}take(t){let n=this.#n.get(t);return this.#n.delete(t)&&this.#s(),n}#o(t,n){let o=this.#n.get(t);o!==void 0&&(this.#n.set(t,{...o,...n}),this.#s())}#s(){this.#a(),this.#e()}#a(){let t=this.commands.filter(({state:n})=>n!=="acked");try{t.length===0?this.#t?.removeItem(this.#r):this.#t?.setItem(this.#r,JSON.stringify(t))}catch{}}#c(){try{return JSON.parse(this.#t?.getItem(this.#r)??"[]").map(n=>({...n,state:"queued"}))}catch{return[]}}};var Ri="left";function Pi(e,t){let n=Ln(),o=r=>`${Ri} ${r} ${n}`;return{getItem(r){let s=df(t,`${Ri} ${r} `),i=[...Li(e?.getItem(r)??null),...s];return JSON.stringify([...new Map(i.map(l=>[l.id,l])).values()])},setItem(r,s){e?.setItem(r,s),t?.setItem(o(r),s)},removeItem(r){e?.removeItem(r),t?.removeItem(o(r))}}}function df(e,t){return e===void 0?[]:Array.from({length:e.length},(o,r)=>e.key(r)??"").filter(o=>o.startsWith(t)).flatMap(o=>{let r=Li(e.getItem(o));return e.removeItem(o),r})}function Li(e){try{let t=JSON.parse(e??"[]");return Array.isArray(t)?t:[]}catch{return[]}}var mf=100,pf=1e3,hf=20,$f=10;async function It({origin:e,token:t,sessionId:n,edge:o},r=mf){let s="before"in o?`before=${o.before}`:`after=${o.after}`,i=`/api/sessions/${n}/events/?${s}&limit=${r}`,{results:l,next:c}=await le({origin:e,token:t},i);return l.length>0||c===null?{frames:l,next:c}:It({origin:e,token:t,sessionId:n,edge:"before"in o?{before:c}:{after:c}},r)}async function Fi(e,t){let n={frames:[],next:e.edge.before};for(let o=0;o<$f&&n.frames.length<hf&&n.next!==null;o+=1){let{frames:r,next:s}=await It({...e,edge:{before:n.next}},pf);n={frames:[...r.filter(i=>t.includes(i.event)),...n.frames],next:s}}return n}var Se=class{#e=new Map;add(t,n){let o=this.#e.get(t)??new Set;return this.#e.set(t,o.add(n)),()=>o.delete(n)}tell(t,n){for(let o of[...this.#e.get(t)??[]])try{o(n)}catch(r){console.error(r)}}};var We=class extends Error{};async function qi(e,t){let n=await fetch(`${e}/api/token/refresh/`,{method:"POST",headers:{"Content-Type":"application/json"},body:JSON.stringify({refresh:t})});if(n.status===400||n.status===401)throw new We("The refresh token was refused.");if(!n.ok)throw new Error(`The token was not refreshed: ${n.status}.`);return(await n.json()).access}var At=class{#e;#t=!1;constructor(t,n){this.token=t,this.#e=n}get renewable(){return this.#e!==void 0&&!this.#t}accepted(){this.#t=!1}async renew(){this.token=await this.#e?.(),this.#t=!0}};function ji({url:e,sessionId:t}){if(e!==void 0)return new URL(e,globalThis.location?.href);if(t===void 0)throw new TypeError("A GameSocket needs a sessionId or a url.");let{protocol:n,host:o}=globalThis.location;return new URL(`${n==="https:"?"wss:":"ws:"}//${o}/ws/game/${t}`)}function Hi(e){return`${e.protocol==="wss:"?"https:":"http:"}//${e.host}`}var _f=/^[\w.~+-]+$/;function Wi(e,t,n){let o=new URL(e);for(let[r,s]of Object.entries(n))s!=null&&o.searchParams.set(r,String(s));return t===void 0?{url:o.href,protocols:[]}:_f.test(t)?{url:o.href,protocols:["rollscape.v1",`bearer.${t}`]}:(o.searchParams.set("token",t),{url:o.href,protocols:[]})}var bf=new Set([1009,4009]),gf=new Set([1e3,1001,1005,1006,1011,1012]),Ui=e=>e===4001,Bi=e=>e===4500,Fn=e=>bf.has(e);function Nt(e){return Fn(e)||e>=4e3&&e<=4099?"stop":gf.has(e)||e>=4200&&e<=4299?"again":"backoff"}function Ki(e,t,n){return t()*Math.min(n?3e4:5e3,2e3*2**e)}function Gi(e){if(typeof e!="string")return null;try{let t=JSON.parse(e);return yf(t)?t:null}catch{return null}}function yf(e){return!zi(e)||typeof e.event!="string"||!zi(e.data)?!1:e.seq===void 0||Number.isSafeInteger(e.seq)}function zi(e){return typeof e=="object"&&e!==null&&!Array.isArray(e)}function Vi(e){return new TextEncoder().encode(e).length<=65536}var vf=2e4,wf=1e3,Yi="This is too long to send.",xf=new Set(["rate_limited","busy"]),kf=new Set(["malformed","too_large","invalid","rate_limited"]),Dt=class{#e;#t;#r;#n;#o;#s=null;#a=!1;constructor({outbox:t,timers:n,random:o,write:r,refuse:s}){this.#e=t,this.#t=n,this.#r=o,this.#n=r,this.#o=s}add(t,n){let o=this.#e.add(t,n);return Vi(Ji(o))?this.#i():this.#l(o.id,"too_large",Yi),o.id}start(){this.#a=!0,this.#i()}pause(){this.#a=!1}cut(){this.pause(),this.#t.clear("answer"),this.#s!==null&&this.#e.requeue(this.#s),this.#s=null}closed(t,n){let o=this.#s;this.cut(),o!==null&&(Fn(t)&&this.#l(o,"too_large",n||Yi),Bi(t)&&this.#e.crashed(o)>1&&this.#l(o,"server_error",n||"Server error"))}acked({id:t,seq:n},o){this.#e.acked(t,n,o),this.#d(t)}refused({id:t,code:n,message:o,retry_after:r}){let s=t??(kf.has(n)?this.#s:null);if(s!==null){if(!xf.has(n))return this.#l(s,n,o);s===this.#s&&this.#c(s,r)}}#c(t,n){let o=n===void 0?wf*(.5+this.#r()):n*1e3;this.#e.requeue(t),this.#t.set("answer",o,()=>this.#u())}#l(t,n,o){let r=this.#e.take(t);r!==void 0&&this.#o({command:r,code:n,message:o}),this.#d(t)}#d(t){t===this.#s&&this.#u()}#u(){this.#t.clear("answer"),this.#s=null,this.#i()}#i(){if(!this.#a||this.#s!==null)return;let t=this.#e.next;t===void 0||!this.#n(Ji(t))||(this.#s=t.id,this.#t.set("answer",vf,()=>this.#u()),this.#e.sent(t.id))}};function Ji({event:e,data:t,id:n}){return JSON.stringify({event:e,data:t,id:n})}var Rt=class{#e;#t;#r;constructor(t,n,o){this.#e=t,this.#t=n,this.#r=o}heard(){this.#e.clear("pong"),this.#e.set("ping",2e4,()=>this.#n(1e4))}check(){this.#n(4e3)}#n(t){this.#t(),this.#e.set("pong",t,this.#r)}};var Pt=class{#e=null;#t=null;#r=null;get seq(){return this.#e??0}get since(){return this.#e===null?{}:{since:this.#e,epoch:this.#t??void 0}}joined({seq:t,epoch:n,resumed:o}){this.#t=n,(!o||this.#e===null)&&(this.#e=t)}read(t){return t<=this.seq?"seen":t!==this.seq+1?"gap":(this.#e=t,"next")}get repair(){let t=this.#r===this.seq;return this.#r=this.seq,t?{}:this.since}};function Xi(e=globalThis.window,t){let{document:n}=e??{},o=()=>n?.visibilityState==="visible"&&t();return e?.addEventListener("online",t),n?.addEventListener("visibilitychange",o),n?.addEventListener("resume",t),()=>{e?.removeEventListener("online",t),n?.removeEventListener("visibilitychange",o),n?.removeEventListener("resume",t)}}var Lt=class{#e;#t=0;#r=null;constructor(t){this.#e=t}hint(t){Number.isFinite(t)&&(this.#r=t)}reset(){this.#t=0,this.#r=null}after(t,n){let o=Nt(t)==="backoff";n!==null&&(!o||n>=6e4)&&(this.#t=0);let r=this.#r;this.#r=null;let s=r??Ki(this.#t,this.#e,o);return this.#t+=1,{wait:s,eager:!o&&r===null}}};var Qi={now:()=>Date.now(),setTimeout:(e,t)=>globalThis.setTimeout(e,t),clearTimeout:e=>globalThis.clearTimeout(e)},Tf=2**31-1,Ft=class{#e;#t=new Map;constructor(t){this.#e=t}set(t,n,o){this.clear(t);let r=this.#e.setTimeout(()=>{this.#t.delete(t),o()},Math.min(Math.max(n,0),Tf));this.#t.set(t,r)}clear(t){this.#e.clearTimeout(this.#t.get(t)),this.#t.delete(t)}clearAll(){for(let t of[...this.#t.keys()])this.clear(t)}};var Of=1,Zi=1006,ea=15e3,qt=class{#e;#t;#r;#n;#o;#s;#a;#c;#l;#d=new Pt;#u=new Se;#i=null;#m={phase:"idle"};#f=!1;#h=!0;#v=!1;#$=null;#g=()=>{};constructor(t){let{random:n=Math.random,clock:o=Qi,storage:r,userId:s=""}=t;this.#e=t,this.#t=ji(t);let{token:i,refreshToken:l,getToken:c}=t,f=l&&(()=>qi(this.origin,l));this.#r=new At(i,c??(f||void 0)),this.#n=o,this.#o=new Ft(o),this.#s=new Rt(this.#o,()=>this.ping(),()=>this.#y()),this.#a=new Lt(n);let u=`rollscape.outbox ${this.#t.pathname} ${s}`;this.#c=new Mt(()=>this.#u.tell("pending",this.pending),r,u),this.#l=new Dt({outbox:this.#c,timers:this.#o,random:n,write:d=>this.#x(d),refuse:d=>this.#u.tell("refused",d)})}get status(){return this.#m}get pending(){return this.#c.commands}get token(){return this.#r.token}get origin(){return Hi(this.#t)}on(t,n){return this.#u.add(t,n)}connect(){this.#i===null&&(this.#g(),this.#g=Xi(this.#e.page,()=>this.#A()),this.#h=!0,this.#_())}close(){let t=this.#i;this.#l.cut(),this.#S(),this.#g(),this.#a.reset(),t?.close(1e3),this.#p({phase:"idle"})}playAs(t){(this.#e.characterId??null)!==(t??null)&&(this.#e={...this.#e,characterId:t},this.#i!==null&&(this.close(),this.connect()))}joinRoom(){this.#h=!0,this.#i===null?this.connect():this.#w(this.#d.since)}leaveRoom(){this.#h=!1,this.#l.pause(),this.#i===null?this.close():this.#b("leave_room",{})}ping(){this.#b("ping",{timestamp:this.#n.now()})}send(t,n){return this.#l.add(t,n)}pass(t,n){return this.#f&&this.#b(t,n)}#_(){this.#o.clear("retry"),this.#p({phase:"connecting"});let{WebSocketClass:t=WebSocket,characterId:n}=this.#e,o={character_id:n,...this.#d.since},{url:r,protocols:s}=Wi(this.#t,this.token,o),i=new t(r,s);this.#i=i,this.#o.set("join",ea,()=>this.#y()),i.onmessage=({data:l})=>i===this.#i&&this.#O(l),i.onclose=({code:l,reason:c})=>i===this.#i&&this.#k(l,c)}#O(t){this.#s.heard();let n=Gi(t);n!==null&&(n.event==="room_joined"&&this.#M(n.data),this.#C(n)&&(this.#u.tell("frame",n),this.#E(n)))}#C(t){if(t.seq===void 0)return!0;if(!this.#f)return!1;let n=this.#d.read(t.seq);return n==="gap"&&this.#w(this.#d.repair),n==="next"}#E(t){t.seq!==void 0&&this.#c.arrived(t.seq),t.event==="room_joined"&&this.#I(),t.event==="room_left"&&(this.#f=!1),t.event==="ack"&&this.#l.acked(t.data,this.#d.seq),t.event==="error"&&this.#l.refused(t.data),t.event==="reconnect"&&this.#a.hint(t.data.after_ms)}#M(t){this.#o.clear("join"),this.#d.joined(t),this.#r.accepted(),this.#f=!0,this.#$??=this.#n.now(),this.#p({phase:"open"})}#I(){this.#c.arrived(this.#d.seq),this.#h?this.#l.start():this.leaveRoom()}#w(t){this.#b("join_room",t)&&(this.#f=!1,this.#o.set("join",ea,()=>this.#y()))}#b(t,n){return this.#x(JSON.stringify({event:t,data:n}))}#x(t){return this.#i?.readyState!==Of?!1:(this.#i.send(t),!0)}#A(){this.#m.phase==="open"&&this.#s.check(),this.#m.phase==="waiting"&&this.#v&&this.#_()}#y(){let t=this.#i;this.#k(Zi,""),t?.close()}#k(t,n){let o=this.#$===null?null:this.#n.now()-this.#$;if(this.#S(),this.#l.closed(t,n),!this.#h)return this.#p({phase:"idle"});if(Ui(t)&&this.#r.renewable)return void this.#N(n);if(Nt(t)==="stop")return this.#p({phase:"stopped",code:t,reason:n});this.#T(t,n,o)}#S(){this.#o.clearAll(),this.#i=null,this.#f=!1,this.#$=null}#T(t,n,o){let{wait:r,eager:s}=this.#a.after(t,o);this.#v=s,this.#o.set("retry",r,()=>this.#_()),this.#p({phase:"waiting",code:t,reason:n,retryAt:this.#n.now()+r})}async#N(t){this.#p({phase:"connecting"});let n=this.#m;try{await this.#r.renew(),this.#m===n&&this.#_()}catch(o){if(this.#m!==n)return;o instanceof We?this.#p({phase:"stopped",code:4001,reason:t}):this.#T(Zi,"",null)}}#p(t){this.#m=t,this.#u.tell("status",t)}};function Ue({log:e,before:t}){return{lines:e,before:t,after:null}}function ta(e,t,n){if(e.after!==null)return e;let o=new Set(e.lines.map(({key:c})=>c)),r=t.log.findLastIndex(({key:c})=>o.has(c));if(r===-1)return Ue(t);let s=t.log.slice(r+1);if(s.length===0)return e;let i=new Map(t.log.map(c=>[c.key,c])),l=[...e.lines.map(c=>i.get(c.key)??c),...s];return l.length<=600?{...e,lines:l}:n?qn({...e,lines:l},300):ra({...e,lines:l},600)}function na(e,t,n){let o=[...jn(t,e.lines),...e.lines];return ra({...e,lines:o,before:n},600)}function oa(e,t,n,{log:o}){let r=[...e.lines,...jn(t,e.lines)],s=ia(r)??0,i=sa(o);if(i===null?n!==null:s<i)return qn({...e,lines:r,after:n??s},600);let l=[...r,...jn(o,r).filter(({frame:c})=>(c.seq??1/0)>s)];return qn({...e,lines:l,after:null},600)}function qn(e,t){if(e.lines.length<=t)return e;let n=e.lines.slice(-t);return{...e,lines:n,before:sa(n)??e.before}}function ra(e,t){if(e.lines.length<=t)return e;let n=e.lines.slice(0,t);return{...e,lines:n,after:ia(n)??e.after}}function jn(e,t){let n=new Set(t.map(({key:o})=>o));return e.filter(({key:o})=>!n.has(o))}function sa(e){return e.find(({frame:t})=>t.seq!==void 0)?.frame.seq??null}function ia(e){return e.findLast(({frame:t})=>t.seq!==void 0)?.frame.seq??null}var Cf=16,jt=class{#e=new Se;#t=!1;#r;#n;#o;#s=!0;#a=[];#c;constructor(t,n){this.subjects=n,this.#r=Lr(n),this.#n=this.#r.initial(),this.#o=Ue(this.#n),this.socket=new qt(t),this.#c=n.list.flatMap(({attend:o})=>o?.(this)??[]),this.socket.on("frame",o=>this.#i(this.#r.apply(this.#n,o))),this.socket.on("status",()=>this.#f()),this.socket.on("pending",()=>this.#f()),this.socket.on("refused",o=>this.#m(o))}get state(){return this.#n}get server(){let{origin:t,token:n}=this.socket;return{origin:t,token:n}}get reading(){return this.#o}get refused(){return this.#a}onChange(t){return this.#e.add("change",t)}dismiss(t){this.#a=this.#a.filter(n=>n!==t),this.#f()}sendAgain(t){let{event:n,data:o}=t.command;this.dismiss(t),this.socket.send(n,o)}lookAtEnd(t){this.#s=t}toNewest(){this.#s=!0,this.#o.after!==null&&this.#u(Ue(this.#n))}async loadEarlier(){let{before:t}=this.#o,n=t===null?null:await this.#l({before:t});n!==null&&this.#o.before===t&&this.#u(na(this.#o,n.lines,n.next))}async loadLater(){let{after:t}=this.#o,n=t===null?null:await this.#l({after:t});n!==null&&this.#o.after===t&&this.#u(oa(this.#o,n.lines,n.next,this.#n))}async earlier(t,n){let{sessionId:o}=this.#n;return o===null?{frames:[],next:t}:Fi({...this.server,sessionId:o,edge:{before:t}},n)}async#l(t){let{sessionId:n,epoch:o}=this.#n;if(n===null)return null;let{frames:r,next:s}=await It({...this.server,sessionId:n,edge:t});return this.#n.epoch===o?{lines:this.#d(r),next:s}:null}#d(t){let{initial:n,apply:o}=this.#r;return t.reduce(o,n()).log}#u(t){this.#o=t,this.#f()}#i(t){if(t===this.#n)return;let n=t.epoch===this.#n.epoch;this.#n=t,this.#o=n?ta(this.#o,t,this.#s):Ue(t);for(let{changed:o}of this.#c)o(t);this.#f()}#m(t){this.#c.some(({expects:n})=>n(t))||(this.#a=[...this.#a,t],this.#f())}#f(){this.#t||(this.#t=!0,setTimeout(()=>{this.#t=!1,this.#e.tell("change",void 0)},Cf))}};function aa(e){let{socket:t}=e;return{connect:()=>t.connect(),disconnect:()=>t.close(),joinRoom:()=>t.joinRoom(),leaveRoom:()=>t.leaveRoom(),sendPing:()=>t.ping(),send:(n,o)=>t.send(n,o),pass:(n,o)=>t.pass(n,o),onFrame:n=>t.on("frame",n),loadEarlier:()=>e.loadEarlier(),loadLater:()=>e.loadLater(),toNewest:()=>e.toNewest(),lookAtEnd:n=>e.lookAtEnd(n),sendAgain:n=>e.sendAgain(n),dismiss:n=>e.dismiss(n)}}function la(e){let{sessionId:t,userId:n,characterId:o,token:r,refreshToken:s,url:i,autoConnect:l=!0}=e,[,c]=Ie(g=>g+1,0),f=x(e);f.current=e;let u=N(()=>{let g=If();return new jt({sessionId:t,userId:n,characterId:o,token:r,refreshToken:s,url:i,storage:g},D)},[t,n,r,s,i]),d=N(()=>({...aa(u),...D.sends(u)}),[u]);w(()=>Ef(u,f),[u]),w(()=>u.onChange(()=>c(void 0)),[u]),w(()=>(l&&u.socket.connect(),()=>u.socket.close()),[u,l]),w(()=>u.socket.playAs(o),[u,o]);let{reading:p,socket:m,refused:h}=u,{status:y,pending:b}=m,v=u.state;return{isConnected:y.phase==="open",players:v.players,state:v,reading:p,status:y,pending:b,refused:h,...d}}function Ef({socket:e},t){let n=!1,o=[e.on("status",r=>{n!==(r.phase==="open")&&(n=!n,n?t.current.onConnected?.():t.current.onDisconnected?.(r))}),e.on("frame",r=>Mf(r,t.current)?.(r.data))];return()=>{for(let r of o)r()}}function Mf({event:e},t){let o=`on${e.split("_").map(r=>r==="dm"?"DM":r.charAt(0).toUpperCase()+r.slice(1)).join("")}`;return t[o]}function If(){let e=t=>{try{return t()}catch{return}};return Pi(e(()=>globalThis.sessionStorage),e(()=>globalThis.localStorage))}var Af=440;function Nf(e){let[t,n]=_(!0);return[t,r=>{e.lookAtEnd(r),r&&e.toNewest(),n(r)}]}function ca(e,t,n){let[o,r]=Nf(e),{unread:s,newAfter:i}=jo(e.state,t,D,o&&n),l=De();return w(()=>{!l&&s>0&&ke(Af)},[s]),{atEnd:o,lookAtEnd:r,unread:s,newAfter:i}}var Hn=/^[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+/,Df=/^[/\uff0f\u2215\u2044]/,ua=30;function Rf(e,t){let{subjects:n,owns:o}=t,{name:r,rest:s}=da(e),i=Z(n,"slash",r),l=Lf(i===void 0?e:Pf(e),n);if(l!=="")return l;if(i!==void 0)return i.slash?.[r]?.(s,t,o[i.name])??"";let c=ma(t);return c?.speech?.say(e,t,o[c.name]),""}function fa(e,t){let n=Ff(e,t.subjects);for(let[o,r]of n.entries()){let s=Rf(r,t);if(s==="")continue;let i=ma(t),l=n.slice(o).join(`
`);return i?.speech?.giveBack(l,s,t,t.owns[i.name]),!1}return t.lookAtEnd(!0),!0}function da(e){let[,t="",n=""]=/^\s*\/([a-z]+)(?:\s+(.*))?$/is.exec(e.replace(Hn,""))??[];return{name:t.toLowerCase(),rest:n.trim()}}function Pf(e){return e.trimStart().replace(/^.*/,"")}function Lf(e,t){let n=e.split(/\r\n?|\n/).find(i=>Df.test(i.replace(Hn,"")));if(n===void 0)return"";let[o=""]=n.replace(Hn,"").slice(1).split(/\s/),r=o.length>ua?`${o.slice(0,ua)}…`:o,s=/^[a-z]+/i.exec(o)?.[0].toLowerCase()??"";return Z(t,"slash",s)!==void 0&&o.length>s.length?`Unknown command /${r}. Put a space after /${s}.`:Z(t,"slash",s)!==void 0?`/${s} comes after other words. Put it first, or send it by itself.`:`Unknown command /${r}. To send it as text, start with a space.`}function Ff(e,t){let n=e.split(/\r\n?|\n/).filter(r=>r.trim()!=="");return n.every(r=>Z(t,"slash",da(r).name)!==void 0)&&n.length>1?n:[e]}function ma({subjects:e}){return e.list.find(({speech:t})=>t!==void 0)}function pa(e){let{state:t}=e.table,n=t.me?.role??e.role,o={...e,state:t,role:n,isDm:n==="dm",mayPlay:n!=="spectator"&&!t.ended,subjects:D,owns:{},speak:r=>fa(r,o)};for(let{name:r,use:s}of D.list)o.owns[r]=s?.(o);return o}function ha(e,t,n){let{subjects:o,owns:r,show:s}=e,i=o.list.map(({name:c,keys:f})=>f?.actions?.(e,r[c])),l=U.map(({name:c},f)=>[`Alt+${f+1}`,()=>s(c)]);Eo(Object.assign({"?":n,F6:Io},Object.fromEntries(l),...i),t)}function Be(){let e=document.documentElement.dataset.theme;return e==="dark"||e==="light"?e:matchMedia("(prefers-color-scheme: light)").matches?"light":"dark"}async function $a({url:e,csrf:t}){let n=Be()==="dark"?"light":"dark";document.documentElement.dataset.theme=n;try{await fetch(e,{method:"POST",redirect:"manual",headers:{"X-CSRFToken":t},body:new URLSearchParams({theme:n})})}catch{}}function _a(e){let[t,n]=_(Be()==="dark"),o=xe("(prefers-color-scheme: light)");return w(()=>n(Be()==="dark"),[o]),[t,()=>{$a(e),n(Be()==="dark")}]}var qf="(max-width: 47.99rem)";function ba(e){let{sessionId:t,userId:n,place:o,characterId:r}=e,s=la({sessionId:t,userId:n,characterId:r}),[i,l]=_(B),c=xe(qf),u=ca(s,n,i===B||!c&&i==="more"),d=pa({...e,table:s,panel:i,show:l,phone:c,...u}),p=Mo(),[m,h]=_(!1),y=()=>h(!0);ha(d,p.act,y);let b=_a({url:o.themeUrl??"",csrf:o.csrf??""}),v=mi(s.status,s.state.missed),g=_i(s.state,n,D);if(s.status.phase==="stopped")return a`<${bi} code=${s.status.code} place=${o} connect=${s.connect} />`;let k=xi(d,b,y);return a`
    <${Vr} seat=${d}>
      <div
        class="table" data-panel=${i} data-role=${d.role}
        data-known=${d.state.sessionId===null?void 0:""}
      >
        <a class="skip" href=${`#panel-${B}`}>Skip to the chat</a>
        <${Di} seat=${d} connection=${v} theme=${b} menu=${k} />
        <${jf} seat=${d} />
        <main class="table__main">
          <${Ei} seat=${d} connection=${v} />
          <${Ci} seat=${d} menu=${k} />
        </main>
        <${Hf} seat=${d} heard=${g} />
        <${R} name="sheets" />
        ${m&&a`<${wi} isDm=${d.isDm} letters=${p} close=${()=>h(!1)} />`}
      </div>
    <//>`}function jf({seat:{state:e,userId:t}}){return a`
    <nav class="rail" aria-label="Players">
      <section class="rail__part rail__people" data-region="players" tabindex="-1">
        <${Et} players=${e.players} reconnecting=${e.reconnecting} me=${t} />
      </section>
    </nav>`}function Hf({seat:e,heard:t}){let{table:n,state:o,panel:r,show:s,unread:i,phone:l}=e,c=()=>{s(B),setTimeout(()=>K(".refused button"))};return a`
    <${yi} panel=${r} show=${s} unread=${i>0?$e(i):""} />
    ${l&&a`<${R} name="over" />`}
    <${Ai} refused=${n.refused} errors=${o.errors} inChat=${r===B} toChat=${c} />
    <div class="visually-hidden" aria-live="polite" aria-relevant="additions">
      ${t.map(({id:f,words:u})=>a`<p key=${f}>${u}</p>`)}
    </div>`}function Wf(e){let t=`character ${e.sessionId}`,[n,o]=_(()=>Uf(Y(t),e));return a`<${ba} ...${e} characterId=${n} playAs=${s=>{o(s),J(t,String(s))}} />`}function Uf(e,{characters:t,role:n}){let o=n==="dm"?void 0:t[0];return(t.find(({id:r})=>String(r)===e)??o)?.id??null}var ga=document.getElementById("table"),Ht={...ga.dataset},[Bf,ya]=[Number(Ht.sessionId),Number(Ht.userId)],va=JSON.parse(document.getElementById("cast")?.textContent??"[]"),Kf=va.filter(({user_id:e})=>e===ya).map(({character_id:e,character_name:t})=>({id:Number(e),name:t??""}));eo(a`<${Wf}
    sessionId=${Bf} userId=${ya} role=${Ht.role??"spectator"} place=${Ht}
    characters=${Kf} cast=${va}
  />`,ga);
/*! With preact (MIT), htm (Apache-2.0) or @noble/hashes (MIT): their licences are in /static/vendor. */
